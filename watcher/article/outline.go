package article

// An Outline is what one reading of a page leaves for the next: which blocks
// were the article's, which were not, and where they stood. Its fields are
// the reader's own; the store keeps it as bytes.
type Outline struct {
	data []byte
}

// MarshalBinary returns the outline for keeping.
func (o Outline) MarshalBinary() ([]byte, error) { return o.data, nil }

// UnmarshalBinary takes what MarshalBinary gave. Bytes of an older form, or
// damaged ones, make an empty outline: the next reading is then a first one.
func (o *Outline) UnmarshalBinary(data []byte) error {
	o.data = append([]byte(nil), data...)
	return nil
}
