// Orleans' SDK imports its namespace everywhere, and it too has an attribute of this name.
global using IdAttribute = GraphQL.IdAttribute;
