package board

// After is the cursor of what follows an idea in an order, made by hand: for
// measurements that begin anywhere. key is what the order sorts that idea by, as
// text. Orders whose pages are shuffled have no such cursor.
func After(order Order, key string, id int64) string {
	return cursor{order: string(order), key: key, id: id}.String()
}
