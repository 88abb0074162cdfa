package compare

// The lexicons of the languages that are judged in full.

func english() *lexicon {
	return &lexicon{
		code:     "en",
		outcomes: outcomes(englishOutcomes),
		articles: wordSet("a an the"),
		stop: wordSet(`and or but of to in on at by for from with as is are was were be been being am has have had do does did
			that this these those it its he she they them him her his their we our us you your i me my who whom whose which what
			will would shall should can there then than so if when while where into onto over under after before about up down out
			off also just more most very too some any all both each other such own same how why because during between through
			against again once here only own s`),
		negation: wordSet(`not no never none nobody nothing nowhere neither nor cannot can't won't don't doesn't didn't isn't aren't
			wasn't weren't hasn't haven't hadn't wouldn't couldn't shouldn't mustn't needn't ain't n't shan't hardly`),
		refusal: wordSet(`refuse refuses refused refusing fail fails failed failing without despite deny denies denied denying lack lacks
			lacked reject rejects rejected unable declined declines decline avoid avoided stop stopped prevent prevented absent unless`),
		hedges: wordSet(`alleged allegedly alleges allege apparent apparently reported reportedly suspected possible possibly probable probably likely
			unlikely may might could perhaps maybe seem seems seemed appear appears appeared suggest suggests suggested believed thought
			presumed purported purportedly supposed supposedly so-called claim claims claimed estimated potentially potential rumoured rumored unconfirmed accused linked associated feared largely mostly mainly generally effectively virtually partial partially partly
			threatening threatens threatened threaten planning planned plans expected expects considering considers proposed proposes hopes hoped hoping aims
			aimed intends intended attempted attempting tried tries`),
		says: wordSet(`say says said saying tell tells told state states stated add adds added report reports reported write writes wrote
			announce announces announced explain explains explained according`),
		claims: wordSet(`claim claims claimed claiming allege alleges alleged alleging insist insists insisted admit admits admitted concede
			concedes conceded boast boasts boasted complain complains complained deny denies denied accuse accuses accused argue argues argued
			warn warns warned suggest suggests suggested confess confesses confessed maintain maintains maintained confirm confirms confirmed confirming hint hints hinted hinting imply implies implied
			reveal reveals revealed disclose discloses disclosed speculate speculates speculated signal signals signalled signaled vow vows vowed
			promise promises promised pledge pledges pledged urge urges urged`),
		linkers:    wordSet("of the de van der von du da di and for bin al el la le del dos"),
		quantities: wordSet("all most many some few several dozens hundreds thousands millions billions none both majority minority nobody everybody everyone doubled tripled trebled quadrupled halved twice thrice"),
		numbers: with(numbered(0.0, `zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
			sixteen seventeen eighteen nineteen`), tens("twenty thirty forty/fourty fifty sixty seventy eighty ninety", map[string]float64{
			"dozen": 12, "half": 0.5, "hundred": 100, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "a": 1, "an": 1})),
		magnitudes: map[string]float64{"hundred": 100, "dozen": 12, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12,
			"m": 1e6, "mn": 1e6, "bn": 1e9, "k": 1e3, "tn": 1e12},
		ordinals: with(numbered(1.0, `first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth
			fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth`), map[string]float64{"thirtieth": 30, "hundredth": 100}),
		months: numbered(1, `january/jan february/feb march/mar april/apr may june/jun july/jul august/aug september/sep/sept october/oct
			november/nov december/dec`),
		weekdays: numbered(1, "monday/mon tuesday/tue/tues wednesday/wed thursday/thu/thurs friday/fri saturday/sat sunday/sun"),
		relative: map[string]int{"yesterday": -1, "today": 0, "tonight": 0, "tomorrow": 1},
	}
}

func german() *lexicon {
	return &lexicon{
		code:     "de",
		outcomes: outcomes(germanOutcomes),
		articles: wordSet("der die das den dem des ein eine einen einem einer eines"),
		stop: wordSet(`und oder aber von zu zum zur in im an am auf aus bei beim mit nach für ist sind war waren sei wird werden wurde wurden
			worden hat haben hatte hatten er sie es wir ihr ihre ihren ihrem ihrer sein seine seinen seinem seiner sich dass ob wenn als wie
			so auch noch nur schon sehr mehr über unter vor durch um gegen bis seit während dies diese dieser diesem dieses diesen man was
			wer wo da dort dann doch ins vom`),
		negation: wordSet("nicht kein keine keinen keinem keiner keines nie niemals niemand nichts nirgends weder"),
		refusal:  wordSet("ohne trotz verweigert verweigerte weigert weigerte lehnt lehnte bestreitet bestritt dementiert dementierte"),
		hedges: wordSet(`angeblich mutmaßlich mutmaßliche mutmaßlicher mutmaßlichen vermutlich wahrscheinlich möglicherweise vielleicht wohl
			offenbar anscheinend soll sollen könnte könnten dürfte dürften scheint vermutet vermuten`),
		says:       wordSet("sagt sagte sagten erklärt erklärte teilte mitteilte berichtet berichtete schreibt schrieb zufolge angaben laut"),
		claims:     wordSet("behauptet behauptete behaupteten beteuert beteuerte räumt räumte gesteht gestand warnt warnte wirft warf beschuldigt"),
		linkers:    wordSet("von van der den zu zur am an und für de la"),
		quantities: wordSet("alle allen viele vielen einige einigen wenige mehrere dutzende hunderte tausende millionen sämtliche mehrheit minderheit manche"),
		numbers: with(numbered(0.0, `null eins/ein/eine/einen/einem/einer zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn
			fünfzehn sechzehn siebzehn achtzehn neunzehn`), tens("zwanzig dreißig/dreissig vierzig fünfzig sechzig siebzig achtzig neunzig", map[string]float64{
			"hundert": 100, "tausend": 1e3, "dutzend": 12, "halb": 0.5, "halbe": 0.5})),
		magnitudes: map[string]float64{"hundert": 100, "tausend": 1e3, "million": 1e6, "millionen": 1e6, "mio": 1e6, "milliarde": 1e9,
			"milliarden": 1e9, "mrd": 1e9, "billion": 1e12, "billionen": 1e12, "dutzend": 12},
		ordinals: ordinalForms(`erste zweite dritte vierte fünfte sechste siebte achte neunte zehnte elfte zwölfte`, "n", "r", "s", "m"),
		compound: germanNumber,
		months: numbered(1, `januar/jänner/jan februar/feb märz april/apr mai juni/jun juli/jul august/aug september/sept oktober/okt
			november/nov dezember/dez`),
		weekdays: numbered(1, "montag/montags dienstag/dienstags mittwoch/mittwochs donnerstag/donnerstags freitag/freitags samstag/sonnabend sonntag/sonntags"),
		relative: map[string]int{"gestern": -1, "heute": 0, "morgen": 1, "vorgestern": -2},
		comma:    true,
	}
}

func french() *lexicon {
	return &lexicon{
		code:     "fr",
		outcomes: outcomes(frenchOutcomes),
		articles: wordSet("le la les l' un une des"),
		stop: wordSet(`et ou mais de du d' à au aux en dans sur sous par pour avec sans vers chez est sont était étaient être été a ont avait
			avaient qui que qu' dont où ce c' cette ces cet il elle ils elles on nous vous se s' son sa ses leur leurs y ne n' plus aussi
			très tout tous toute toutes comme si lors après avant entre depuis j' m' t' lui`),
		negation: wordSet("pas jamais aucun aucune rien personne nul nulle ni non guère"),
		refusal:  wordSet("sans refuse refusé malgré nie nié dément démenti rejette rejeté"),
		hedges: wordSet(`présumé présumée présumés présumées prétendu prétendue peut-être probablement apparemment vraisemblablement possible
			possiblement semble semblent serait seraient aurait auraient pourrait pourraient peut soupçonné supposent suppose`),
		says:       wordSet("dit déclare déclaré affirme affirmé indique indiqué explique expliqué annonce annoncé ajoute ajouté précise précisé selon source sources"),
		claims:     wordSet("prétend prétendu accuse accusé avoue avoué reconnaît reconnu admet admis martèle dénonce dénoncé"),
		linkers:    wordSet("de du des la le les d' l' et van von"),
		quantities: wordSet("tous toutes beaucoup quelques plusieurs certains certaines dizaines centaines milliers millions majorité minorité plupart"),
		numbers: with(numbered(0.0, `zéro un/une deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize`),
			map[string]float64{"vingt": 20, "vingts": 20, "trente": 30, "quarante": 40, "cinquante": 50, "soixante": 60, "septante": 70,
				"huitante": 80, "nonante": 90, "cent": 100, "cents": 100, "mille": 1e3, "douzaine": 12, "demi": 0.5}),
		magnitudes: map[string]float64{"cent": 100, "cents": 100, "mille": 1e3, "million": 1e6, "millions": 1e6, "milliard": 1e9,
			"milliards": 1e9, "billion": 1e12, "billions": 1e12, "douzaine": 12},
		ordinals: with(numbered(2.0, `deuxième troisième quatrième cinquième sixième septième huitième neuvième dixième`),
			map[string]float64{"premier": 1, "première": 1, "second": 2, "seconde": 2}),
		months:   numbered(1, `janvier février mars avril mai juin juillet août septembre octobre novembre décembre`),
		weekdays: numbered(1, "lundi mardi mercredi jeudi vendredi samedi dimanche"),
		relative: map[string]int{"hier": -1, "aujourd'hui": 0, "demain": 1},
		comma:    true,
	}
}

func spanish() *lexicon {
	return &lexicon{
		code:     "es",
		outcomes: outcomes(spanishOutcomes),
		articles: wordSet("el la los las lo un una unos unas"),
		stop: wordSet(`y e o u pero de del a al en con por para sin sobre entre desde hasta que quien cuyo como es son era eran fue fueron ser
			sido ha han había habían se su sus le les él ella ellos ellas este esta estos estas ese esa eso más muy también ya si
			cuando donde según tras durante todo toda todos todas nos mi tu`),
		negation: wordSet("no nunca jamás nadie nada ningún ninguna ninguno tampoco ni"),
		refusal:  wordSet("sin niega negó rechaza rechazó pese"),
		hedges: wordSet(`presunto presunta presuntos presuntas presuntamente supuesto supuesta supuestamente quizá quizás probablemente posible posiblemente
			aparentemente parece parecen podría podrían puede pueden habría habrían sería serían sospecha sospechan cree creen`),
		says:       wordSet("dice dijo dijeron declaró afirma afirmó explicó señaló indicó anunció añadió aseguró según fuente fuentes"),
		claims:     wordSet("alega alegó acusa acusó admite admitió reconoce reconoció denuncia denunció advierte advirtió insiste insistió pretende"),
		linkers:    wordSet("de del la las los el y van von"),
		quantities: wordSet("todos todas muchos muchas algunos algunas pocos pocas varios varias decenas cientos miles millones mayoría minoría"),
		numbers: with(numbered(0.0, `cero un/uno/una dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis
			diecisiete dieciocho diecinueve veinte veintiuno/veintiún/veintiuna veintidós veintitrés veinticuatro veinticinco veintiséis
			veintisiete veintiocho veintinueve`), map[string]float64{"treinta": 30, "cuarenta": 40, "cincuenta": 50, "sesenta": 60,
			"setenta": 70, "ochenta": 80, "noventa": 90, "cien": 100, "ciento": 100, "doscientos": 200, "doscientas": 200, "trescientos": 300,
			"trescientas": 300, "cuatrocientos": 400, "quinientos": 500, "quinientas": 500, "seiscientos": 600, "setecientos": 700,
			"ochocientos": 800, "novecientos": 900, "mil": 1e3, "docena": 12, "medio": 0.5, "media": 0.5}),
		magnitudes: map[string]float64{"mil": 1e3, "millón": 1e6, "millones": 1e6, "billón": 1e12, "billones": 1e12, "docena": 12, "docenas": 12},
		ordinals: with(numbered(2.0, "segundo/segunda tercero/tercer/tercera cuarto/cuarta quinto/quinta sexto/sexta séptimo/séptima octavo/octava noveno/novena décimo/décima"),
			map[string]float64{"primero": 1, "primer": 1, "primera": 1}),
		months:   numbered(1, `enero febrero marzo abril mayo junio julio agosto septiembre/setiembre octubre noviembre diciembre`),
		weekdays: numbered(1, "lunes martes miércoles jueves viernes sábado domingo"),
		relative: map[string]int{"ayer": -1, "hoy": 0, "anteayer": -2},
		comma:    true,
	}
}

func italian() *lexicon {
	return &lexicon{
		code:     "it",
		outcomes: outcomes(italianOutcomes),
		articles: wordSet("il lo la i gli le l' un uno una un'"),
		stop: wordSet(`e ed o ma di del dello della dei degli delle dell' d' a al allo alla ai agli alle all' da dal dalla dai dalle dall' in nel
			nella nei nelle nell' su sul sulla sui sulle con per tra fra che chi cui come è sono era erano essere stato stata stati ha
			hanno aveva avevano si suo sua suoi sue loro lui lei questo questa questi queste più molto anche già se quando dove dopo
			prima ci ne`),
		negation: wordSet("non mai nessuno nessuna nessun niente nulla né neppure neanche"),
		refusal:  wordSet("senza rifiuta rifiutato nega negato respinge respinto nonostante"),
		hedges: wordSet(`presunto presunta presunti presunte presumibilmente verosimilmente forse probabilmente possibile apparentemente sembra sembrano ipotizza ipotizzano ipotizzato sarebbe
			sarebbero avrebbe avrebbero potrebbe potrebbero può`),
		says:       wordSet("dice detto dichiara dichiarato afferma affermato spiega spiegato annuncia annunciato aggiunge aggiunto riferito secondo fonti stando"),
		claims:     wordSet("sostiene sostenuto accusa accusato ammette ammesso denuncia denunciato avverte avvertito insiste"),
		linkers:    wordSet("di de del della dei da e van von"),
		quantities: wordSet("tutti tutte molti molte alcuni alcune pochi poche diversi decine centinaia migliaia milioni maggioranza minoranza"),
		numbers: with(numbered(0.0, `zero un/uno/una due tre quattro cinque sei sette otto nove dieci undici dodici tredici quattordici quindici
			sedici diciassette diciotto diciannove`), map[string]float64{"venti": 20, "trenta": 30, "quaranta": 40, "cinquanta": 50, "sessanta": 60, "settanta": 70, "ottanta": 80, "novanta": 90, "cento": 100, "mille": 1e3, "dozzina": 12, "mezzo": 0.5}),
		magnitudes: map[string]float64{"mila": 1e3, "milione": 1e6, "milioni": 1e6, "miliardo": 1e9, "miliardi": 1e9, "dozzina": 12},
		ordinals: numbered(1.0, `primo/prima secondo/seconda terzo/terza quarto/quarta quinto/quinta sesto/sesta settimo/settima
			ottavo/ottava nono/nona decimo/decima`),
		compound: italianNumber,
		months:   numbered(1, `gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre`),
		weekdays: numbered(1, "lunedì martedì mercoledì giovedì venerdì sabato domenica"),
		relative: map[string]int{"ieri": -1, "oggi": 0, "domani": 1},
		comma:    true,
	}
}

func portuguese() *lexicon {
	return &lexicon{
		code:     "pt",
		outcomes: outcomes(portugueseOutcomes),
		articles: wordSet("o a os as um uma uns umas"),
		stop: wordSet(`e ou mas de do da dos das em no na nos nas num numa por pelo pela pelos pelas para com sem sobre entre até desde que quem
			cujo como é são era eram foi foram ser sido tem têm tinha tinham se seu sua seus suas ele ela eles elas este esta esse essa
			isso mais muito também já quando onde após durante ao aos à às`),
		negation: wordSet("não nunca jamais ninguém nada nenhum nenhuma nem"),
		refusal:  wordSet("sem nega negou recusa recusou rejeita rejeitou apesar"),
		hedges: wordSet(`alegado alegada alegadamente suposto suposta supostamente suspeito talvez provavelmente possível possivelmente aparentemente
			parece parecem poderia poderiam pode podem teria teriam seria seriam suspeita acredita`),
		says:       wordSet("diz disse disseram declarou afirma afirmou explicou anunciou acrescentou indicou referiu segundo conforme fontes"),
		claims:     wordSet("alega alegou acusa acusou admite admitiu reconhece reconheceu denuncia denunciou adverte advertiu insiste insistiu"),
		linkers:    wordSet("de do da dos das e van von"),
		quantities: wordSet("todos todas muitos muitas alguns algumas poucos poucas vários várias dezenas centenas milhares milhões maioria minoria"),
		numbers: with(numbered(0.0, `zero um/uma dois/duas três quatro cinco seis sete oito nove dez onze doze treze catorze/quatorze quinze
			dezesseis/dezasseis dezessete/dezassete dezoito dezenove/dezanove`), tens("vinte trinta quarenta cinquenta sessenta setenta oitenta noventa",
			map[string]float64{"cem": 100, "cento": 100, "duzentos": 200, "duzentas": 200, "trezentos": 300, "trezentas": 300, "quatrocentos": 400,
				"quinhentos": 500, "seiscentos": 600, "setecentos": 700, "oitocentos": 800, "novecentos": 900, "mil": 1e3, "dúzia": 12, "meio": 0.5, "meia": 0.5})),
		magnitudes: map[string]float64{"mil": 1e3, "milhão": 1e6, "milhões": 1e6, "bilhão": 1e9, "bilhões": 1e9, "bilião": 1e12, "biliões": 1e12, "dúzia": 12},
		ordinals: numbered(1.0, `primeiro/primeira segundo/segunda terceiro/terceira quarto/quarta quinto/quinta sexto/sexta sétimo/sétima
			oitavo/oitava nono/nona décimo/décima`),
		months:   numbered(1, `janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro`),
		weekdays: numbered(1, "segunda-feira terça-feira quarta-feira quinta-feira sexta-feira sábado domingo"),
		relative: map[string]int{"ontem": -1, "hoje": 0, "amanhã": 1},
		comma:    true,
	}
}

func dutch() *lexicon {
	return &lexicon{
		code:     "nl",
		outcomes: outcomes(dutchOutcomes),
		articles: wordSet("de het een 't"),
		stop: wordSet(`en of maar van tot in op aan uit bij met naar voor is zijn was waren wordt worden werd werden geworden heeft hebben had
			hadden hij zij ze wij we hun hen haar zich dat die dit deze als dan zo ook nog al zeer meer over onder door om tegen sinds
			tijdens er wie wat waar toen te`),
		negation: wordSet("niet geen nooit niemand niets nergens noch"),
		refusal:  wordSet("zonder weigert weigerde ontkent ontkende verwerpt verwierp ondanks"),
		hedges: wordSet(`vermeend vermeende vermoedelijk vermoedelijke waarschijnlijk mogelijk misschien wellicht kennelijk blijkbaar zou zouden
			kan kunnen lijkt lijken vermoedt vermoeden`),
		says:       wordSet("zegt zei zeiden verklaart verklaarde meldt meldde vertelt vertelde schrijft schreef aldus volgens bronnen"),
		claims:     wordSet("beweert beweerde beschuldigt beschuldigde geeft gaf erkent erkende waarschuwt waarschuwde"),
		linkers:    wordSet("van de der den het ter ten en voor"),
		quantities: wordSet("alle veel vele enkele weinig meerdere tientallen honderden duizenden miljoenen meerderheid minderheid sommige meeste"),
		numbers: with(numbered(0.0, `nul een/één twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien zestien
			zeventien achttien negentien`), tens("twintig dertig veertig vijftig zestig zeventig tachtig negentig",
			map[string]float64{"honderd": 100, "duizend": 1e3, "dozijn": 12, "half": 0.5})),
		magnitudes: map[string]float64{"honderd": 100, "duizend": 1e3, "miljoen": 1e6, "miljard": 1e9, "biljoen": 1e12, "mln": 1e6, "mld": 1e9, "dozijn": 12},
		ordinals:   numbered(1.0, "eerste tweede derde vierde vijfde zesde zevende achtste negende tiende elfde twaalfde"),
		compound:   dutchNumber,
		months:     numbered(1, `januari/jan februari/feb maart april/apr mei juni/jun juli/jul augustus/aug september/sept oktober/okt november/nov december/dec`),
		weekdays:   numbered(1, "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag"),
		relative:   map[string]int{"gisteren": -1, "vandaag": 0, "morgen": 1, "eergisteren": -2},
		comma:      true,
	}
}
