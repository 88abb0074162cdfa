package note

import "testing"

func TestKindOf(t *testing.T) {
	tests := []struct {
		name, text, kind string
	}{
		{"a labelled correction", "Correction: An earlier version of this article gave the number of injured as 12. It is 19.", Correction},
		{"a label with its date", "Correction, 4 May 2026: The bridge was opened in 1987, not 1978.", Correction},
		{"a label in brackets", "[Correction] Jory Vance is a welder, not a builder.", Correction},
		{"an earlier version that misstated", "An earlier version of this story misstated the name of the harbour master.", Correction},
		{"an article amended on a day", "This article was amended on 4 May 2026. The ship was built in Tarrow, not Ostrey, as an earlier version said in error.", Correction},
		{"an editing error", "Because of an editing error, the wrong year was given for the opening of the mill.", Correction},
		{"a clarification", "Clarification: This story has been changed to make clear that the vote is not binding.", Clarification},
		{"a clarification without its label", "This article was updated to clarify that the vote is not binding.", Clarification},
		{"an update", "UPDATE: This story has been updated with a statement by the port.", Update},
		{"an update with its time", "Update, 14:05: The port has now answered.", Update},
		{"an update without its label", "This story has been updated to include a statement by the port.", Update},
		{"an editor's note", "Editor’s note: The author once worked for the port.", Editors},
		{"an editor's note that mends an error", "Editor’s note: An earlier version of this article misspelled Jory Vance’s name.", Correction},
		{"a retraction", "Retraction: The story of 3 May on the harbour fund was not borne out and is withdrawn.", Retraction},
		{"a German correction", "Korrektur: In einer früheren Version dieses Artikels hieß es, zwölf Menschen seien verletzt. Es waren neunzehn.", Correction},
		{"a German editor's note that corrects", "Anmerkung der Redaktion: In einer früheren Fassung stand fälschlich 1987.", Correction},
		{"a German text that was updated", "Dieser Artikel wurde am 3. März um die Stellungnahme des Hafens ergänzt.", Update},
		{"a French correction", "Rectificatif : une première version de cet article indiquait par erreur douze blessés.", Correction},
		{"a French article that was modified", "Cet article a été modifié le 4 mai : le navire date de 1987 et non de 1978, comme écrit par erreur.", Correction},
		{"a Spanish correction", "Fe de errores: una versión anterior de esta noticia decía que hubo doce heridos.", Correction},
		{"a Spanish update", "Este artículo ha sido actualizado con la respuesta del puerto.", Update},
		{"an Italian correction", "Errata corrige: una precedente versione di questo articolo parlava di dodici feriti.", Correction},
		{"a Portuguese correction", "Uma versão anterior desta reportagem dizia, por erro , que eram doze feridos.", Correction},
		{"a Dutch correction", "In een eerdere versie van dit artikel stond ten onrechte 1987.", Correction},
		{"a Polish correction", "Sprostowanie: w poprzedniej wersji tego tekstu podaliśmy błędną datę.", Correction},
		{"a Turkish correction", "Düzeltme: Bu haberin önceki halinde tarih yanlış verilmişti.", Correction},
		{"a Russian correction", "Исправление: в предыдущей версии этой статьи была указана неверная дата.", Correction},
		{"a Chinese correction", "更正：本文早前版本误称有12人受伤。", Correction},
		{"a Japanese correction", "訂正：本記事の以前の版に誤りがありました。", Correction},

		{"a market correction", "After the correction on Monday, shares in the port company rose by 4%.", ""},
		{"a bill's earlier version", "An earlier version of the bill would have closed the harbour.", ""},
		{"a clarified rule", "The ministry clarified the rule on Tuesday after fishermen complained.", ""},
		{"an interview in which somebody was wrong", "In an earlier interview, he wrongly claimed that the ship was built in 1978.", ""},
		{"a post elsewhere that was removed", "The post was later removed, and the club apologised for the mistake.", ""},
		{"an original article in a journal", "The original article, in a medical journal, was retracted in March.", ""},
		{"a corrections policy", "We correct errors as soon as we learn of them. See our corrections policy.", ""},
		{"a prison's officers", "Correction officers at Pell Head said the doors had been locked.", ""},
		{"an update of software", "The update closes a hole in the port’s booking system.", ""},
		{"a headline-like colon", "Update on the strike: three lines remain closed on Friday.", ""},
		{"a German reform", "In einer früheren Version des Gesetzes war die Steuer höher.", ""},
		{"a French law", "Une première version de la loi prévoyait une taxe sur les navires.", ""},
		{"a Spanish plan", "Una versión anterior del plan preveía cerrar el puerto.", ""},
		{"a play's first version", "The first version of the play was booed in Ostrey.", ""},
		{"a person's own update", "She will update the council on Tuesday, her office said.", ""},
		{"an ordinary quotation", "“We got it wrong,” the harbour master said. “This story has many sides.”", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := KindOf(tt.text, false); got != tt.kind {
				t.Errorf("KindOf(%q) = %q, want %q", tt.text, got, tt.kind)
			}
		})
	}
}

func TestStamp(t *testing.T) {
	tests := []struct {
		name, text string
		stamp      bool
	}{
		{"a time of update", "Updated 14:05", true},
		{"a day of update", "Last updated on 4 May 2026 at 3.10 pm BST", true},
		{"a German time of update", "Aktualisiert am 4. Mai 2026 um 14:05 Uhr", true},
		{"a French time of update", "Mis à jour le 4 mai 2026 à 14h05", true},
		{"an update that says what is new", "Update 14:05: The port has answered.", false},
		{"a sentence that starts with the word", "Updated rules come into force on 4 May 2026.", false},
		{"a label without a time", "Updated", false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := IsStamp(tt.text); got != tt.stamp {
				t.Errorf("IsStamp(%q) = %t, want %t", tt.text, got, tt.stamp)
			}
		})
	}
}
