package config

import _ "embed"

// Example is a config file with every key, commented: what `stet config init`
// writes. The same text stands at the top of the repository, where people look
// for it; a copy, as a package can embed nothing above its own folder, and a
// test keeps the two alike.
//
//go:embed example.toml
var Example string
