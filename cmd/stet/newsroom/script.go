package newsroom

import (
	"time"

	"stet/watcher/compare"
)

// script is what the outlets do, in order, at a pace. At pace 1 two steps of
// one story lie at least seven seconds apart: with a look every second and a
// second look after two, each is seen, and told, before the next.
func script(pace float64) []Step {
	steps := []Step{{
		At: 1 * time.Second, Story: "ferry",
		Says: "The Marlhaven Post quietly changes 12 people treated to 19.",
		acts: []act{reword("treated 12 people", "treated 19 people")},
		Want: Want{Told: true, Nature: compare.Edit, Disclosure: compare.Silent, Weight: compare.Substantive,
			Field: compare.FieldBody, Old: "12 people", New: "19 people"},
	}, {
		At: 2 * time.Second, Story: "archivo",
		Says: "Plaza Norte puts a login wall in front of its story.",
		acts: []act{serve(servesWall)},
	}, {
		At: 3 * time.Second, Story: "tram",
		Says: "Northgate Now swaps a headline: a delay becomes a fault it knew of.",
		acts: []act{retitle("Northgate's new tram line delayed until autumn", "Northgate knew for ten weeks of fault on new tram line")},
		Want: Want{Told: true, Nature: compare.Edit, Disclosure: compare.Silent, Weight: compare.Minor,
			Field: compare.FieldHeadline, Old: "delayed until autumn", New: "knew for ten weeks"},
	}, {
		At: 5 * time.Second, Story: "klinik",
		Says: "The Osterweder Tagblatt softens a quote: the scandal becomes a mistake.",
		acts: []act{reword("ist ein Skandal", "ist ein Fehler")},
		Want: Want{Told: true, Nature: compare.Edit, Disclosure: compare.Silent, Weight: compare.Substantive,
			Field: compare.FieldBody, Old: "ein Skandal", New: "ein Fehler"},
	}, {
		At: 7 * time.Second, Story: "desaladora",
		Says: "El Faro de Velamar drops the paragraph on a study that warned of the outfall.",
		acts: []act{cut("emisario es demasiado corto", "emisario es demasiado corto")},
		Want: Want{Told: true, Nature: compare.Removal, Disclosure: compare.Silent, Weight: compare.Substantive,
			Field: compare.FieldBody, Old: "emisario es demasiado corto"},
	}, {
		At: 9 * time.Second, Story: "fair",
		Says: "The Quillan County Register mends a typo: insurence becomes insurance.",
		acts: []act{reword("insurence", "insurance")},
		Want: Want{Nature: compare.Edit, Weight: compare.Cosmetic,
			Field: compare.FieldBody, Old: "insurence", New: "insurance"},
	}, {
		At: 11 * time.Second, Story: "pont",
		Says: "La Gazette de Brévannes corrects the cost of a bridge, and says so in a note.",
		acts: []act{
			reword("1,2 million d'euros", "2,1 millions d'euros"),
			annotate("Rectificatif : une première version de cet article indiquait que le chantier avait coûté 1,2 million d'euros. Il s'agit de 2,1 millions d'euros."),
			stamp(),
		},
		Want: Want{Told: true, Nature: compare.Correction, Disclosure: compare.Disclosed, Weight: compare.Substantive,
			Field: compare.FieldNote, Old: "1,2 million", New: "2,1 millions"},
	}, {
		At: 12 * time.Second, Story: "archivo",
		Says: "Plaza Norte takes the login wall away again.",
		acts: []act{serve(servesPage)},
	}, {
		At: 14 * time.Second, Story: "flood",
		Says: "The Marlhaven Post's live blog gets a new entry.",
		acts: []act{
			report("Peak passes Tollen weir", "The river has stopped rising at Tollen weir. The gauge has stood at 4.4 metres for forty minutes, just short of the record, and the county says that the peak has passed the town. Wardens ask people to stay away from Mill Street until the water is off the road."),
			stamp(),
		},
		Want: Want{Told: true, Nature: compare.Update, Disclosure: compare.Stamped, Weight: compare.Substantive,
			Field: compare.FieldBody, New: "4.4 metres for forty minutes"},
	}, {
		At: 15 * time.Second, Story: "tram",
		Says: "Northgate Now goes back to its first headline.",
		acts: []act{retitle("Northgate knew for ten weeks of fault on new tram line", "Northgate's new tram line delayed until autumn")},
		Want: Want{Told: true, Nature: compare.Revert, Disclosure: compare.Silent, Weight: compare.Minor,
			Field: compare.FieldHeadline, Old: "knew for ten weeks", New: "delayed until autumn"},
	}, {
		At: 17 * time.Second, Story: "grain",
		Says: "Continental Press Service moves the time of update and changes not a word.",
		acts: []act{stamp()},
	}, {
		At: 19 * time.Second, Story: "verre",
		Says: "Lumen changes a year in a caption without a word.",
		acts: []act{reword("le printemps 1987", "le printemps 1978")},
		Want: Want{Told: true, Nature: compare.Edit, Disclosure: compare.Silent, Weight: compare.Substantive,
			Field: compare.FieldCaption, Old: "1987", New: "1978"},
	}, {
		At: 21 * time.Second, Story: "moor",
		Says: "Die Woche am Fluss cuts the second half of its story.",
		acts: []act{cut("Was auf nassen Wiesen wächst", "Am Abend sitzen sie dann doch")},
		Want: Want{Told: true, Nature: compare.Removal, Disclosure: compare.Silent, Weight: compare.Substantive,
			Field: compare.FieldBody, Old: "drei Paare"},
	}, {
		At: 23 * time.Second, Story: "lottery",
		Says: "The Daily Lantern takes a story down.",
		acts: []act{serve(servesGone)},
		Want: Want{Told: true, Nature: compare.Gone},
	}, {
		At: 24 * time.Second, Story: "ferry",
		Says: "The Marlhaven Post owns up to the figure it changed at the start.",
		acts: []act{
			annotate("Correction: An earlier version of this report said that paramedics treated 12 people at the terminal building. The number was 19."),
			stamp(),
		},
		Want: Want{Told: true, Nature: compare.Correction, Weight: compare.Minor,
			Field: compare.FieldNote, New: "An earlier version of this report"},
	}}
	for i := range steps {
		steps[i].At = time.Duration(float64(steps[i].At) * pace)
	}
	return steps
}
