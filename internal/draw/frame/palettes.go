package frame

// palettes are the palettes beside the classic one.
// https://github.com/grafana/grafana/blob/main/packages/grafana-data/src/field/fieldColor.ts
var palettes = map[string]string{
	"palette-colorblind": `
		#0072b2 #e69f00 #009e73 #cc79a7 #56b4e9 #d55e00 #f0e442 #000000 #ffffff`,
	"palette-categorical-next": `
		#d97e9b #ffc554 #41cd94 #64a6d8 #f79cff #e78a5f #c9e1a6 #00cfe3 #9b93df #ffb2be
		#cea82e #9cf2d6 #8fc3ff #ce84c1 #ffc39d #89c862 #41aec7 #cdb9ff #ef8488 #e7db98
		#00d8be #759ee6 #ffb1e1 #ee9941 #baf2b8 #54d3ff #b78ee2 #ff645a #c0bd2f #8ffff6
		#b4c7ff #eb85b5 #ffd49f #58db89 #46abde #eabcff #ff8e6f #deed9f #00dfe5 #959df6`,
	"palette-categorical-next-2": `
		#63b564 #ded188 #84b1ff #ffdbbc #ffa8aa #c986e6 #ffc4d4 #9bcb35 #d3efff #f8b4d2
		#a6b924 #afe8ff #ff97da #aaa720 #81e3fb #f386e2 #ffe397 #84d6e1 #d784df #fed283
		#00d4da #f2e7ff #f3c48a #00c9c0 #e4daff #ffac74 #00bea7 #d2cfff #ff9767 #9dffdf
		#bdc4ff #fe8260 #93f4c5 #a4baff #ea796e #9fe3b3 #74b6ff #ffd8dd #89e04d #3baffe`,
	"palette-categorical-next-3": `
		#63b564 #88ddfe #ca94ff #ffd8d3 #cfcb00 #00beb5 #c7d5ff #ff8dc4 #ffe5c7 #9fdcb0
		#00bbff #f0d0ff #ffa48b #9bac32 #7ce6e9 #a3abff #ffdae4 #e1c18a #1dc58a #b7dfff
		#f38efc #ffe7dd #bed997 #00c5d8 #dedcff #ffa4b3 #c79e00 #8bebcc #7dbbff #ffdcf8
		#f5bb95 #7dc053 #9beaff #c5adff #ea777e #e0d287 #00ceb5 #d5e4ff #ffa1dc #e88e29`,
}
