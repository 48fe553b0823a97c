package number

// measures are the units of nature and engineering, by id.
// https://github.com/grafana/grafana/blob/main/packages/grafana-data/src/valueFormats/categories.ts
var measures = map[string]printer{
	// Acceleration.
	"accMS2": fixed("m/sec²"),
	"accFS2": fixed("f/sec²"),
	"accG":   fixed("g"),

	// Angle.
	"degree": fixed("°"),
	"radian": fixed("rad"),
	"grad":   fixed("grad"),
	"arcmin": fixed("arcmin"),
	"arcsec": fixed("arcsec"),

	// Area.
	"areaM2":   fixed("m²"),
	"areaF2":   fixed("ft²"),
	"areaMI2":  fixed("mi²"),
	"acres":    fixed("ac"),
	"hectares": fixed("ha"),

	// Computation.
	"flops":  si("FLOPS", 0),
	"mflops": si("FLOPS", 2),
	"gflops": si("FLOPS", 3),
	"tflops": si("FLOPS", 4),
	"pflops": si("FLOPS", 5),
	"eflops": si("FLOPS", 6),
	"zflops": si("FLOPS", 7),
	"yflops": si("FLOPS", 8),

	// Concentration.
	"ppm":      fixed("ppm"),
	"conppb":   fixed("ppb"),
	"conngm3":  fixed("ng/m³"),
	"conngNm3": fixed("ng/Nm³"),
	"conμgm3":  fixed("μg/m³"),
	"conμgNm3": fixed("μg/Nm³"),
	"conmgm3":  fixed("mg/m³"),
	"conmgNm3": fixed("mg/Nm³"),
	"congm3":   fixed("g/m³"),
	"congNm3":  fixed("g/Nm³"),
	"conmgdL":  fixed("mg/dL"),
	"conmmolL": fixed("mmol/L"),

	// Energy.
	"watt":          si("W", 0),
	"kwatt":         si("W", 1),
	"megwatt":       si("W", 2),
	"gwatt":         si("W", 3),
	"mwatt":         si("W", -1),
	"Wm2":           si("W/m²", 0),
	"voltamp":       si("VA", 0),
	"kvoltamp":      si("VA", 1),
	"voltampreact":  si("VAr", 0),
	"kvoltampreact": si("VAr", 1),
	"watth":         si("Wh", 0),
	"watthperkg":    si("Wh/kg", 0),
	"kwatth":        si("Wh", 1),
	"kwattm":        si("W-Min", 1),
	"mwatth":        si("Wh", 2),
	"amph":          si("Ah", 0),
	"kamph":         si("Ah", 1),
	"mamph":         si("Ah", -1),
	"joule":         si("J", 0),
	"ev":            si("eV", 0),
	"amp":           si("A", 0),
	"kamp":          si("A", 1),
	"mamp":          si("A", -1),
	"volt":          si("V", 0),
	"kvolt":         si("V", 1),
	"mvolt":         si("V", -1),
	"dBm":           fixed("dbm"),
	"mohm":          si("Ω", -1),
	"ohm":           si("Ω", 0),
	"kohm":          si("Ω", 1),
	"Mohm":          si("Ω", 2),
	"farad":         si("F", 0),
	"µfarad":        si("F", -2),
	"nfarad":        si("F", -3),
	"pfarad":        si("F", -4),
	"ffarad":        si("F", -5),
	"henry":         si("H", 0),
	"mhenry":        si("H", -1),
	"µhenry":        si("H", -2),
	"lumens":        si("Lm", 0),

	// Flow.
	"flowgpm":  fixed("gpm"),
	"flowcms":  fixed("cms"),
	"flowcfs":  fixed("cfs"),
	"flowcfm":  fixed("cfm"),
	"litreh":   fixed("L/h"),
	"flowlpm":  fixed("L/min"),
	"flowmlpm": fixed("mL/min"),
	"lux":      fixed("lux"),

	// Force.
	"forceNm":  si("Nm", 0),
	"forcekNm": si("Nm", 1),
	"forceN":   si("N", 0),
	"forcekN":  si("N", 1),

	// Hash rate.
	"Hs":  si("H/s", 0),
	"KHs": si("H/s", 1),
	"MHs": si("H/s", 2),
	"GHs": si("H/s", 3),
	"THs": si("H/s", 4),
	"PHs": si("H/s", 5),
	"EHs": si("H/s", 6),

	// Mass.
	"massmg": si("g", -1),
	"massg":  si("g", 0),
	"masslb": fixed("lb"),
	"masskg": si("g", 1),
	"masst":  fixed("t"),

	// Length.
	"lengthmm": si("m", -1),
	"lengthcm": fixed("cm"),
	"lengthin": fixed("in"),
	"lengthft": fixed("ft"),
	"lengthm":  si("m", 0),
	"lengthkm": si("m", 1),
	"lengthmi": fixed("mi"),

	// Pressure.
	"pressurembar": si("bar", -1),
	"pressurebar":  si("bar", 0),
	"pressurekbar": si("bar", 1),
	"pressurepa":   si("Pa", 0),
	"pressurehpa":  fixed("hPa"),
	"pressurekpa":  fixed("kPa"),
	"pressurehg":   fixed(`"Hg`),
	"pressurepsi":  scaled(1000, []string{"psi", "ksi", "Mpsi"}, 0),

	// Radiation.
	"radbq":     si("Bq", 0),
	"radci":     si("Ci", 0),
	"radgy":     si("Gy", 0),
	"radrad":    si("rad", 0),
	"radsv":     si("Sv", 0),
	"radmsv":    si("Sv", -1),
	"radusv":    si("Sv", -2),
	"radrem":    si("rem", 0),
	"radexpckg": si("C/kg", 0),
	"radr":      si("R", 0),
	"radsvh":    si("Sv/h", 0),
	"radmsvh":   si("Sv/h", -1),
	"radusvh":   si("Sv/h", -2),

	// Rotational Speed.
	"rotrpm":  fixed("rpm"),
	"rothz":   si("Hz", 0),
	"rotkhz":  si("Hz", 1),
	"rotmhz":  si("Hz", 2),
	"rotghz":  si("Hz", 3),
	"rotrads": fixed("rad/s"),
	"rotdegs": fixed("°/s"),

	// Temperature.
	"celsius":    fixed("°C"),
	"fahrenheit": fixed("°F"),
	"kelvin":     fixed("K"),
	"farenheit":  fixed("°F"),

	// Velocity.
	"velocityms":   fixed("m/s"),
	"velocitykmh":  fixed("km/h"),
	"velocitymph":  fixed("mph"),
	"velocityknot": fixed("kn"),

	// Volume.
	"mlitre":  si("L", -1),
	"litre":   si("L", 0),
	"m3":      fixed("m³"),
	"Nm3":     fixed("Nm³"),
	"dm3":     fixed("dm³"),
	"gallons": fixed("gal"),
}
