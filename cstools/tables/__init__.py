"""A sheet's rows <-> objects: grid reads files, kinds reads cells, columns reads tables, write writes workbooks."""
