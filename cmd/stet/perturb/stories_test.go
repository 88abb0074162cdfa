package perturb

// otherHeadlines are headlines of other stories, for lists and links.
var otherHeadlines = []wording{
	{"en", "Ferry to {place} runs again after {n} weeks"},
	{"en", "{name} to lead the {topic} inquiry in {place}"},
	{"en", "How {place} learned to live with its river"},
	{"de", "{place} bekommt eine zweite Brücke"},
	{"fr", "À {place}, la mairie renonce au tramway"},
	{"es", "{place} cierra su último cine tras {n}0 años"},
	{"en", "What the {topic} vote means for {place}"},
	{"it", "{place}, riapre il mercato coperto dopo {n} anni"},
	{"pt", "{place} volta a ter trem depois de {n}0 anos"},
	{"nl", "{place} krijgt na {n} jaar weer een eigen station"},
	{"en", "‘We had no warning’: {name} on the night the dam failed"},
	{"en", "{n} dead as storm crosses {place}"},
	{"de", "Warum {name} das Amt nach {n} Wochen aufgibt"},
	{"fr", "{name} quitte la présidence du port"},
	{"en", "Opinion: the {topic} plan is a mistake"},
	{"en", "Watch: rescuers free a whale near {place}"},
	{"es", "{name} niega haber pedido dinero al puerto"},
	{"en", "Fire destroys warehouse on the {place} quay"},
}

// summaries are one sentence under another story's headline.
var summaries = []wording{
	{"en", "Residents of {place} had asked for the change for {n} years, and the council now says the money is there."},
	{"en", "{name} told reporters that the decision had been taken without the board."},
	{"de", "Der Stadtrat von {place} stimmte am {weekday} mit knapper Mehrheit dafür."},
	{"fr", "Le conseil de {place} a voté le projet avec {n} voix d'avance."},
	{"es", "El ayuntamiento de {place} aprobó el plan con {n} votos de diferencia."},
	{"it", "Il consiglio di {place} ha approvato il piano con {n} voti di scarto."},
	{"en", "The new line will carry {n},000 people a day, according to the operator."},
	{"pt", "A prefeitura de {place} aprovou o projeto por {n} votos de diferença."},
	{"nl", "De gemeenteraad van {place} stemde met {n} stemmen verschil voor het plan."},
	{"en", "A look back at the week in which {place} made the headlines."},
	{"en", "The harbour master of {place} says that {n} boats are still missing after the night."},
	{"en", "{name} has waited {n} years for an answer from the ministry."},
}

// bios say who wrote a story, below it.
var bios = []wording{
	{"en", "{name} is a staff writer at {outlet}, where she covers {topic}."},
	{"en", "{name} has reported from {place} since 2011. Contact: {handle}@news.example."},
	{"de", "{name}, Jahrgang 198{n}, ist Redakteurin im Ressort Wirtschaft von {outlet}."},
	{"fr", "{name} est journaliste à {outlet}, au service Économie."},
	{"es", "{name} es redactora de {outlet} desde 2014. Antes trabajó en la radio de {place}."},
	{"it", "{name} scrive per {outlet} di economia e lavoro. Vive a {place}."},
	{"en", "About the author: {name} writes about {topic} and keeps bees in {place}."},
	{"pt", "{name} é repórter do {outlet} desde 2016 e cobre política em {place}."},
	{"nl", "{name} is redacteur bij {outlet} en schrijft over economie."},
	{"en", "{name} is the author of {n} books on {topic}. The views expressed here are his own."},
	{"en", "{name} joined {outlet} as {place} correspondent in 2017; reach her on Signal or at {handle}@news.example."},
	{"en", "Dr {name} teaches at the University of {place} and consults for firms in the {topic} trade."},
}

// comments are what readers write below a story.
var comments = []wording{
	{"en", "I have lived in {place} for {n}0 years and nobody ever asked us."},
	{"en", "Sorry but this makes no sense to me. Who pays for it?"},
	{"en", "Great piece, thank you {name}. More like this please!"},
	{"de", "Genau so ist es, leider. Ich wohne seit {n} Jahren in {place}."},
	{"fr", "Bravo pour cet article, enfin quelqu'un qui dit les choses."},
	{"es", "Totalmente de acuerdo, y en {place} es todavía peor."},
	{"en", "The numbers do not add up: {n}00 a day is not {n},000 a month."},
	{"it", "Ma davvero? A {place} succede da {n} anni e nessuno fa niente."},
	{"pt", "Parabéns pela matéria. Aqui em {place} é a mesma coisa."},
	{"nl", "Mooi stuk. In {place} zien we precies hetzelfde gebeuren."},
	{"en", "My father worked there. He said on Wednesday that the machines were never checked."},
	{"en", "First time I agree with this paper on {topic}."},
}

// newsSentences are sentences of reporting: put into a story, they are an edit.
var newsSentences = []wording{
	{"en", "The harbour authority confirmed on {weekday} that {n} of its pilots had been questioned."},
	{"en", "{name}, who chairs the panel, declined to say when the report would be finished."},
	{"en", "A second witness told investigators that the doors had been locked from outside."},
	{"de", "Die Hafenbehörde bestätigte am {weekday}, dass {n} Lotsen befragt worden seien."},
	{"fr", "Les autorités portuaires ont confirmé que {n} pilotes avaient été entendus {weekday}."},
	{"es", "La autoridad portuaria confirmó el {weekday} que {n} prácticos habían sido interrogados."},
	{"en", "By evening the figure had risen to {n}{daynum}, the ministry in {place} said."},
	{"it", "L'autorità portuale ha confermato che {n} piloti sono stati interrogati."},
	{"pt", "A autoridade portuária confirmou que {n} práticos foram interrogados."},
	{"nl", "Het havenbedrijf bevestigde dat {n} loodsen zijn verhoord."},
	{"en", "Two former employees, who asked not to be named, described the same meeting in {place}."},
	{"en", "Neither company would comment on the letter, dated {daynum} March."},
	{"de", "Ein zweiter Zeuge widersprach dieser Darstellung vor Gericht."},
	{"fr", "Un second témoin a contesté cette version devant le tribunal."},
	{"en", "The inquiry will also look at {n} earlier cases, among them the one in {place}."},
	{"es", "Un segundo testigo negó esa versión ante el juez."},
	{"en", "“Nobody told us that the gates were open,” said {name}, whose brother was on board."},
	{"en", "Shares in the operator fell {n} per cent after the announcement."},
}

// newsParagraphs read as a whole paragraph of reporting.
var newsParagraphs = []wording{
	{"en", "Investigators in {place} have since recovered {n} of the missing ledgers, {name} said on {weekday}. Two of them cover the months in which the payments were made."},
	{"en", "The union had warned of the danger as early as March, according to minutes that were read out in court. Its secretary, {name}, wrote to the board {n} times."},
	{"en", "That account is disputed. {name}, who was on duty that night, said the alarm never sounded, and phone records shown to the panel support him."},
	{"de", "Nach Angaben der Ermittler in {place} wurden inzwischen {n} der verschwundenen Akten gefunden. Zwei davon betreffen die Monate, in denen gezahlt wurde."},
	{"fr", "Selon les enquêteurs de {place}, {n} des registres disparus ont été retrouvés. Deux d'entre eux concernent les mois où l'argent a été versé."},
	{"en", "At least {n} people were treated in hospital, and {daynum} homes in {place} were still without power on {weekday} night."},
	{"es", "Los investigadores de {place} han recuperado {n} de los libros desaparecidos. Dos de ellos corresponden a los meses en que se hicieron los pagos."},
	{"it", "Gli inquirenti di {place} hanno ritrovato {n} dei registri scomparsi. Due di essi riguardano i mesi in cui furono fatti i pagamenti."},
	{"pt", "Os investigadores de {place} recuperaram {n} dos livros desaparecidos. Dois deles tratam dos meses em que os pagamentos foram feitos."},
	{"nl", "De onderzoekers in {place} hebben {n} van de verdwenen boeken teruggevonden. Twee daarvan gaan over de maanden waarin werd betaald."},
	{"en", "{name} rejected the claim. “I signed what I was given, and I was given nothing of the kind,” she said."},
	{"en", "The agency’s own figures tell another story: complaints rose by {n}0 per cent last year, and only {daynum} were answered."},
	{"en", "A spokesman for the ministry said the contract would be ended by {month}. He did not say who would run the service after that."},
	{"de", "{name} wies den Vorwurf zurück. „Ich habe unterschrieben, was man mir vorlegte“, sagte sie."},
}

// subheads part a story's text.
var subheads = []wording{
	{"en", "What the letters say"}, {"en", "A long night in {place}"}, {"de", "Was in den Akten steht"}, {"fr", "Ce que disent les lettres"},
	{"es", "Lo que dicen las cartas"}, {"it", "Che cosa dicono le lettere"}, {"pt", "O que dizem as cartas"}, {"nl", "Wat er in de brieven staat"},
	{"en", "‘They never asked’"}, {"en", "Costs rise again"}, {"en", "The case against {name}"}, {"en", "Second inquiry"},
}

// A noteWording is a publisher's note of one kind.
type noteWording struct{ kind, lang, text string }

// notes are what publishers write about their own edits.
var notes = []noteWording{
	{"correction", "en", "Correction: An earlier version of this story gave the wrong year for the treaty. It was signed in 2011, not 2012."},
	{"correction", "en", "This article was amended on {daynum} {month} 2019 to correct the spelling of {name}'s name."},
	{"correction", "en", "CORRECTION ({month} {daynum}): Because of an editing error, the number of boats was misstated. It is {n}, not {daynum}."},
	{"correction", "de", "Korrektur: In einer früheren Fassung hieß es, {name} sei Vorsitzender. Das ist falsch; er ist Stellvertreter."},
	{"correction", "fr", "Rectificatif : une version précédente de cet article indiquait {daynum} bateaux ; ils étaient {n}."},
	{"correction", "es", "Fe de errores: en una versión anterior se decía que el acuerdo era de 2012. Es de 2011."},
	{"correction", "it", "Errata corrige: una versione precedente di questo articolo indicava {daynum} barche anziché {n}."},
	{"correction", "pt", "Correção: uma versão anterior deste texto informava que o acordo era de 2012. Ele é de 2011."},
	{"correction", "nl", "Correctie: in een eerdere versie van dit artikel stond dat er {daynum} boten waren. Het zijn er {n}."},
	{"clarification", "en", "Clarification: This story has been changed to make clear that {name} was not present at the meeting."},
	{"clarification", "en", "This piece was updated to clarify that the {n} boats belong to the port of {place}."},
	{"clarification", "de", "Klarstellung: {name} war bei dem Treffen nicht anwesend; wir haben den Text entsprechend präzisiert."},
	{"clarification", "fr", "Précision : {name} n'a pas assisté à la réunion, contrairement à ce que laissait entendre une première version."},
	{"update", "en", "Update, {daynum} {month}: This story now includes a statement from {name}."},
	{"update", "en", "This article has been updated with comments from the port of {place}."},
	{"update", "de", "Aktualisierung: Der Text wurde um eine Stellungnahme von {name} ergänzt."},
	{"update", "es", "Actualización: este artículo incluye ahora la respuesta de {name}."},
	{"editors_note", "en", "Editor's note: After publication {outlet} learned that {name} is a partner in the firm described here."},
	{"editors_note", "en", "Editors’ Note: A quotation that could not be verified has been taken out of this story."},
	{"editors_note", "de", "Anmerkung der Redaktion: Ein Zitat, das wir nicht belegen konnten, wurde entfernt."},
	{"editors_note", "fr", "Note de la rédaction : une citation que nous n'avons pas pu vérifier a été retirée de cet article."},
	{"editors_note", "pt", "Nota da redação: uma citação que não pôde ser confirmada foi retirada deste texto."},
	{"retraction", "en", "Retraction: {outlet} has withdrawn this story because its central claim could not be confirmed."},
	{"retraction", "en", "This article has been retracted. The documents on which it was based were forged."},
	{"retraction", "it", "Nota della redazione: questo articolo è stato ritirato perché i documenti citati erano falsi."},
}
