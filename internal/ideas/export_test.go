package ideas

// Moves is the table of moves, with whether a move is an undo alone.
func Moves() map[[2]Status]bool {
	all := map[[2]Status]bool{}
	for from, row := range moves {
		for to, by := range row {
			all[[2]Status{from, to}] = by == byUndo
		}
	}
	return all
}
