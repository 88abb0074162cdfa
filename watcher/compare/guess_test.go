package compare

import "testing"

func TestGuess(t *testing.T) {
	for _, tt := range []struct{ text, want string }{
		{"The bus was travelling from Tarrow to the coast.", "en"},
		{"Turnout fell to 41 per cent.", "en"},
		{"Marlhaven 2026.", "en"},
		{"", "en"},
		{"Rund 5000 Menschen kamen zum Fest.", "de"},
		{"Le vote aura lieu lundi.", "fr"},
		{"L'explosion a blessé treize ouvriers.", "fr"},
		{"Ganó la carrera Elena Bravante.", "es"},
		{"La frana ha ucciso sette persone.", "it"},
		{"O incêndio matou nove pessoas.", "pt"},
		{"De minister wist niet van het plan.", "nl"},
		{"Głosowanie odbędzie się w środę.", "pl"},
		{"Köprü salı günü açılacak.", "tr"},
		{"Мост откроют во вторник.", "ru"},
	} {
		if got := guess(tt.text); got.code != tt.want {
			t.Errorf("guess(%q) is %q, want %q", tt.text, got.code, tt.want)
		}
	}
}
