package lint

var acrossRules = []Rule{intervalDiffers}
