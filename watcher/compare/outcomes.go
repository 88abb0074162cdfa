package compare

import "strings"

// Some single words are claims of their own: what somebody is accused of, how
// a trial, a vote or a match ended, what happened to a person. One put in
// another's place changes what the story says, however small the edit looks.

// outcomes makes a table from the stems of such words to their groups. Groups
// are parted by "/"; the words of one mean the same. A word may stand in more
// than one.
func outcomes(s string) map[string][]int {
	groups := map[string][]int{}
	for i, group := range strings.Split(s, "/") {
		for w := range strings.FieldsSeq(group) {
			groups[stem(w)] = append(groups[stem(w)], i)
		}
	}
	return groups
}

// swappedOutcome reports whether a word for an outcome stands in the place of
// another that means something else.
func (j *judge) swappedOutcome(old, new []token) bool {
	const longest = 6 // tokens of either side; in a longer one they need not face each other
	if len(old) > longest || len(new) > longest {
		return false
	}
	a, b := j.outcomesIn(old), j.outcomesIn(new)
	for g := range a {
		if b[g] {
			return false
		}
	}
	return len(a) > 0 && len(b) > 0
}

func (j *judge) outcomesIn(toks []token) map[int]bool {
	found := map[int]bool{}
	for _, t := range toks {
		if t.kind != wordToken {
			continue
		}
		for _, g := range j.lex.outcomes[stem(t.key)] {
			found[g] = true
		}
	}
	return found
}

// The groups, by language.
const (
	englishOutcomes = `murder murdered murderer murders / manslaughter / terrorism terrorist / arson arsonist / assault assaulted / rape raped rapist /
		fraud fraudster / theft thief / robbery robbed robber / burglary burglar / bribery bribe bribed / negligence negligent / perjury /
		libel defamation / kidnapping kidnapped abduction abducted / treason / espionage / blackmail extortion / accident accidental / suicide /
		harassment / trafficking / convicted convict guilty / acquitted innocent cleared exonerated / jailed imprisoned / fined / charged indicted /
		cautioned / arrested detained / questioned interrogated / released freed / bailed / sued / pardoned / extradited deported expelled /
		upheld / overturned quashed annulled / approved passed accepted adopted granted ratified / rejected defeated dismissed refused vetoed blocked /
		sacked fired dismissed ousted / resigned quit / suspended / retired / promoted / rose increased climbed grew gained surged risen increase rise /
		fell dropped declined decreased slumped fallen decrease fall / won win wins winner / lost lose loses loser / drew /
		killed / died dead / injured wounded hurt / missing / rescued saved survived survivor / drowned / shot / stabbed / poisoned / strangled /
		hanged / admitted confessed / denied / banned outlawed prohibited / allowed permitted legalised / cancelled scrapped axed abandoned /
		postponed delayed deferred / victim / suspect / witness / man male / woman female / boy / girl / husband / wife / father / mother / son /
		daughter / brother / sister / open opened reopened / closed shut close / elected / nominated / appointed / married / divorced / engaged /
		bought purchased / sold / hired / up / down / above / below / before / after / inside / outside / more / fewer less / early / late / best / worst / largest biggest / smallest / highest / lowest / north / south / east / west / left / right / with / without / month / year / week / day / hour / invaded / liberated / peaceful / violent`
	germanOutcomes = `mord mordes mörder / totschlag totschlags / betrug betrugs / vergewaltigung / körperverletzung / brandstiftung / raub raubes /
		diebstahl diebstahls / fahrlässigkeit / terror terrorismus / unfall unfalls / selbstmord suizid / verurteilt schuldig / freigesprochen unschuldig /
		angeklagt / festgenommen verhaftet / vernommen befragt / freigelassen entlassen / entlassen gefeuert / zurückgetreten / suspendiert / gewonnen gewann /
		verloren verlor / gestiegen stieg stiegen / gesunken sank sanken fiel fielen gefallen / getötet / gestorben starb starben / verletzt / gerettet / ermordet /
		ertrunken / genehmigt gebilligt angenommen beschlossen / abgelehnt zurückgewiesen verworfen / bestätigt / aufgehoben / verboten / erlaubt /
		abgesagt / verschoben / opfer / täter / zeuge zeugin / mann / frau / junge / mädchen / vater / mutter / sohn / tochter / bruder / schwester /
		verkauft verkaufte verkaufen / verpachtet verpachtete / vermietet vermietete / gekauft kaufte erworben / geschenkt / verlängert verlängerte ausgeweitet / beendet beendete /
		begonnen begann gestartet startete / gelobt lobte begrüßte / kritisiert kritisierte / unterstützt unterstützte / bekämpft behindert / bestätigt bestätigte / dementiert dementierte bestritt /
		eröffnet öffnet geöffnet / geschlossen schließt / erhöht erhöhte / gesenkt senkte / gebaut / abgerissen / eingestellt / gekündigt / geräumt / besetzt / gebrochen / verletzte / ablehnte lehnte / zustimmte stimmte`
	frenchOutcomes = `meurtre meurtrier / homicide / viol violeur / fraude escroquerie / vol voleur / agression / incendie / terrorisme / négligence /
		accident / suicide / condamné condamnée condamnés coupable / relaxé relaxée acquitté acquittée innocent / arrêté arrêtée interpellé interpellée /
		interrogé interrogée entendu / inculpé mis / libéré libérée / licencié renvoyé limogé / démissionné / suspendu / gagné / perdu / augmenté / baissé
		reculé / tué tuée tués / mort morte décédé / blessé blessée blessés / adopté approuvé / rejeté refusé / confirmé / annulé / reporté / interdit /
		autorisé / victime / suspect / témoin / homme / femme / père / mère / fils / fille / frère / soeur /
		vendu vend / loué loue / acheté achète / offert / prolongé prolonge / suspend / terminé achevé / commencé entamé / félicité salué loué / critiqué dénoncé / soutenu soutient / combattu
		contesté conteste / confirmé confirme / démenti dément / ouvert ouvre / fermé ferme / relevé augmente / diminué réduit / construit / démoli rasé / embauché / expulsé expulsée chassé / quitté / accepté accepte / rompu`
	spanishOutcomes = `asesinato asesino / homicidio / violación / fraude estafa / robo ladrón / agresión / incendio / terrorismo / negligencia / accidente /
		suicidio / condenado condenada culpable / absuelto absuelta inocente / detenido detenida arrestado arrestada / interrogado interrogada / imputado /
		liberado liberada / despedido despedida destituido / dimitió dimitido / suspendido / ganó ganado / perdió perdido / subió subieron aumentó /
		bajó bajaron cayó / muertos muerto murió / heridos herido / asesinado / aprobado aprobó / rechazado rechazó / confirmado / anulado / cancelado /
		aplazado / prohibido / permitido / víctima / sospechoso / testigo / hombre / mujer / padre / madre / hijo / hija / hermano / hermana /
		vendió vendido / alquiló alquilado / compró comprado / donó donado / prorrogó prolongó ampliado / suspendió suspendida / terminó finalizó / empezó comenzó / elogió felicitó / criticó /
		apoyó apoya / combate rechaza / confirmó confirma / desmintió negó / abrió abierto / cerró cerrado / aumentó elevó / redujo rebajó / construyó / demolió derribó / contrató / expulsó expulsado / abandonó / aceptó aceptaron /
		rompió rompieron / canceló canceladas / aplazó pospuso / prohibió / autorizó permitió / detuvo detuvieron / liberó`
	italianOutcomes = `omicidio assassinio / stupro / frode truffa / furto ladro / rapina / aggressione / incendio / terrorismo / negligenza / incidente / suicidio /
		condannato condannata colpevole / assolto assolta innocente / arrestato arrestata fermato / interrogato interrogata / indagato / liberato / licenziato /
		dimesso / sospeso / vinto / perso / salito aumentato / sceso calato / ucciso uccisa / morto morta / ferito ferita / approvato / respinto bocciato /
		confermato / annullato / rinviato / vietato / permesso / vittima / sospettato / testimone / uomo / donna / padre / madre / figlio / figlia /
		venduto vende / affittato / comprato acquistato / donato / prolungato prorogato / sospeso sospende / concluso terminato / iniziato cominciato / elogiato lodato / criticato / sostiene appoggia /
		contrasta osteggia / conferma / smentito smentisce / aperto / chiuso / aumentato alzato / ridotto abbassato / costruito / demolito / assunto / espulso / lasciato / accettato / rotto violato / annulla / rinvia`
	portugueseOutcomes = `homicídio assassinato / estupro violação / fraude / furto ladrão / roubo / agressão / incêndio / terrorismo / negligência / acidente / suicídio /
		condenado condenada culpado / absolvido absolvida inocente / preso presa detido detida / interrogado ouvido / acusado / libertado solto / demitido / demitiu /
		suspenso / ganhou venceu / perdeu / subiu aumentou / caiu desceu / morto mortos morreu / ferido feridos / aprovado aprovou / rejeitado rejeitou /
		confirmado / anulado / cancelado / adiado / proibido / permitido / vítima / suspeito / testemunha / homem / mulher / pai / mãe / filho / filha /
		vendeu vendido / alugou arrendou / comprou comprado / doou / prorrogou prolongou / suspendeu / terminou encerrou / começou iniciou / elogiou louvou / criticou / apoiou apoia protege / combate /
		expulsa expulsou / confirmou / desmentiu negou / abriu / fechou / reduziu baixou / construiu / demoliu / contratou / abandonou / aceitou aceitaram / rompeu romperam / cancelou cancela / adiou adia / proibiu / autorizou permitiu /
		prendeu deteve / libertou soltou`
	dutchOutcomes = `moord moordenaar / doodslag / verkrachting / fraude oplichting / diefstal dief / beroving / brandstichting / terrorisme / nalatigheid / ongeluk /
		zelfmoord / veroordeeld schuldig / vrijgesproken onschuldig / aangehouden gearresteerd opgepakt / verhoord / aangeklaagd / vrijgelaten / ontslagen /
		afgetreden / geschorst / gewonnen won / verloren verloor / gestegen steeg / gedaald daalde / gedood vermoord / overleden / gewond gewonden / goedgekeurd
		aangenomen / afgewezen verworpen / bevestigd / vernietigd / afgelast / uitgesteld / verboden / toegestaan / slachtoffer / verdachte / getuige / man /
		vrouw / vader / moeder / zoon / dochter / broer / zus /
		verkocht verkoopt / verhuurd verhuurt / gekocht koopt / geschonken / verlengd verlengt / opgeschort / beëindigd / begonnen begint / geprezen prijst / bekritiseerd / steunt steunde / dwarsboomt hindert /
		bestrijdt / bevestigt bevestigde / ontkent ontkende / geopend opent / gesloten sluit / verhoogd verhoogt / verlaagd verlaagt / gebouwd / gesloopt / aangenomen aanvaard / geweigerd weigert / verlaten / weggestuurd / geschrapt`
)
