package article

// maxTable is the most cells of the table that aligns the middle of two pages.
const maxTable = 4_000_000

// align pairs equal hashes of two pages in order: common ends first, then the
// longest common subsequence of the middle, or, where that would be too much
// work, the runs that a greedy search finds. It returns for each of b its
// partner in a, or -1.
func align(a, b []uint32) []int32 {
	pairs := make([]int32, len(b))
	for i := range pairs {
		pairs[i] = -1
	}
	lo := 0
	for lo < len(a) && lo < len(b) && a[lo] == b[lo] {
		pairs[lo] = int32(lo)
		lo++
	}
	hiA, hiB := len(a), len(b)
	for hiA > lo && hiB > lo && a[hiA-1] == b[hiB-1] {
		hiA--
		hiB--
		pairs[hiB] = int32(hiA)
	}
	n, m := hiA-lo, hiB-lo
	if n == 0 || m == 0 {
		return pairs
	}
	if n*m > maxTable {
		alignGreedy(a, b, lo, hiA, hiB, pairs)
		return pairs
	}
	alignTable(a, b, lo, n, m, pairs)
	return pairs
}

// alignTable fills pairs by the longest common subsequence of a[lo:lo+n] and
// b[lo:lo+m].
func alignTable(a, b []uint32, lo, n, m int, pairs []int32) {
	w := m + 1
	table := make([]uint16, (n+1)*w)
	for i := n - 1; i >= 0; i-- {
		for k := m - 1; k >= 0; k-- {
			if a[lo+i] == b[lo+k] {
				table[i*w+k] = table[(i+1)*w+k+1] + 1
			} else {
				table[i*w+k] = max(table[(i+1)*w+k], table[i*w+k+1])
			}
		}
	}
	for i, k := 0, 0; i < n && k < m; {
		switch {
		case a[lo+i] == b[lo+k]:
			pairs[lo+k] = int32(lo + i)
			i++
			k++
		case table[(i+1)*w+k] >= table[i*w+k+1]:
			i++
		default:
			k++
		}
	}
}

// alignGreedy pairs each of b with the first equal hash of a after the last
// pair, if it lies within reach.
func alignGreedy(a, b []uint32, lo, hiA, hiB int, pairs []int32) {
	at := map[uint32][]int32{}
	for i := lo; i < hiA; i++ {
		at[a[i]] = append(at[a[i]], int32(i))
	}
	const reach = 200
	next := int32(lo)
	for k := lo; k < hiB; k++ {
		list := at[b[k]]
		for len(list) > 0 && list[0] < next {
			list = list[1:]
		}
		at[b[k]] = list
		if len(list) > 0 && list[0] < next+reach {
			pairs[k] = list[0]
			next = list[0] + 1
		}
	}
}
