package notices

// PagesOf tells so many readers at a time.
func (s *Service) PagesOf(readers int) { s.pageSize = readers }
