package compare

// The lexicons of languages of which the judge knows days, numbers and
// negations only.

func polish() *lexicon {
	return &lexicon{
		code:     "pl",
		articles: wordSet(""),
		stop: wordSet(`i w z na do o że się nie to jest są był była było byli jak po za od dla przez przy oraz a ale który która które ze jego jej ich
			tego tym tej ten ta już tylko także pod nad we by być może lub bo gdy jako`),
		negation: wordSet("nie nigdy nikt nic żaden żadna żadne ani"),
		refusal:  wordSet("bez odmówił odmówiła zaprzeczył zaprzecza"),
		hedges:   wordSet("rzekomo podobno prawdopodobnie przypuszczalnie możliwe może domniemany według"),
		says:     wordSet("powiedział powiedziała mówi poinformował poinformowała podał podała"),
		claims:   wordSet("twierdzi twierdził twierdziła przyznał przyznała zarzucił"),
		numbers: with(numbered(0.0, `zero jeden/jedna/jedno dwa/dwie/dwóch trzy/trzech cztery/czterech pięć/pięciu sześć/sześciu siedem/siedmiu osiem/ośmiu
			dziewięć/dziewięciu dziesięć/dziesięciu jedenaście dwanaście trzynaście czternaście piętnaście szesnaście siedemnaście osiemnaście
			dziewiętnaście`), tens("dwadzieścia trzydzieści czterdzieści pięćdziesiąt sześćdziesiąt siedemdziesiąt osiemdziesiąt dziewięćdziesiąt",
			map[string]float64{"sto": 100, "dwieście": 200, "tysiąc": 1e3})),
		magnitudes: map[string]float64{"tysiąc": 1e3, "tysiące": 1e3, "tysięcy": 1e3, "tys": 1e3, "milion": 1e6, "miliony": 1e6, "milionów": 1e6, "mln": 1e6,
			"miliard": 1e9, "miliardy": 1e9, "miliardów": 1e9, "mld": 1e9},
		months: numbered(1, `stycznia/styczeń/styczniu lutego/luty/lutym marca/marzec/marcu kwietnia/kwiecień/kwietniu maja/maj/maju
			czerwca/czerwiec/czerwcu lipca/lipiec/lipcu sierpnia/sierpień/sierpniu września/wrzesień/wrześniu października/październik/październiku
			listopada/listopad/listopadzie grudnia/grudzień/grudniu`),
		weekdays: numbered(1, `poniedziałek/poniedziałku wtorek/wtorku środa/środę/środy czwartek/czwartku piątek/piątku sobota/sobotę/soboty
			niedziela/niedzielę/niedzieli`),
		relative: map[string]int{"wczoraj": -1, "dziś": 0, "dzisiaj": 0, "jutro": 1},
		comma:    true,
	}
}

func turkish() *lexicon {
	return &lexicon{
		code:     "tr",
		articles: wordSet(""),
		stop: wordSet(`ve bir bu da de ile için olarak olan oldu çok daha gibi kadar sonra ise ya ki o en her ama ancak göre tarafından olduğu
			olduğunu ne şu`),
		negation:   wordSet("değil hiç asla yok hiçbir"),
		hedges:     wordSet("iddia iddiaya muhtemelen belki sözde olası"),
		says:       wordSet("dedi söyledi açıkladı belirtti bildirdi"),
		claims:     wordSet("öne savundu suçladı"),
		numbers:    numbered(0.0, "sıfır bir iki üç dört beş altı yedi sekiz dokuz on onbir oniki"),
		magnitudes: map[string]float64{"yüz": 100, "bin": 1e3, "milyon": 1e6, "milyar": 1e9, "trilyon": 1e12},
		months:     numbered(1, "ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık"),
		weekdays:   numbered(1, "pazartesi salı çarşamba perşembe cuma cumartesi pazar"),
		relative:   map[string]int{"dün": -1, "bugün": 0, "yarın": 1},
		comma:      true,
	}
}

func russian() *lexicon {
	return &lexicon{
		code:     "ru",
		articles: wordSet(""),
		stop: wordSet(`и в во не на с со что как по из у к ко за от до для о об при это он она они его её их было был была были быть а но или же бы
			который которая которые также только уже после через`),
		negation: wordSet("не нет ни никогда никто ничего нельзя"),
		refusal:  wordSet("без отказался отказалась отрицает"),
		hedges:   wordSet("якобы возможно вероятно предположительно предполагаемый"),
		says:     wordSet("сказал сказала сообщил сообщила сообщили заявил заявила заявили рассказал рассказала"),
		claims:   wordSet("утверждает утверждал признал признала обвинил обвинила"),
		numbers: with(numbered(0.0, `ноль один/одна/одно/одного два/две/двух три/трех/трёх четыре/четырех/четырёх пять/пяти шесть/шести семь/семи
			восемь/восьми девять/девяти десять/десяти одиннадцать двенадцать тринадцать четырнадцать пятнадцать шестнадцать семнадцать восемнадцать
			девятнадцать`), tens("двадцать тридцать _ пятьдесят шестьдесят семьдесят восемьдесят девяносто", map[string]float64{"сорок": 40, "сто": 100, "двести": 200,
			"тысяча": 1e3})),
		magnitudes: map[string]float64{"тысяча": 1e3, "тысячи": 1e3, "тысяч": 1e3, "тыс": 1e3, "миллион": 1e6, "миллиона": 1e6, "миллионов": 1e6, "млн": 1e6,
			"миллиард": 1e9, "миллиарда": 1e9, "миллиардов": 1e9, "млрд": 1e9},
		months: numbered(1, `января/январь/январе февраля/февраль/феврале марта/март/марте апреля/апрель/апреле мая/май/мае июня/июнь/июне
			июля/июль/июле августа/август/августе сентября/сентябрь/сентябре октября/октябрь/октябре ноября/ноябрь/ноябре декабря/декабрь/декабре`),
		weekdays: numbered(1, "понедельник вторник среда/среду четверг пятница/пятницу суббота/субботу воскресенье"),
		relative: map[string]int{"вчера": -1, "сегодня": 0, "завтра": 1},
		comma:    true,
	}
}
