-- Sales territories. The name is the code: it is what people say.
SELECT Region AS code, Region AS name, "Group" AS region_group
FROM read_csv('Region.csv', header = true, all_varchar = true)
ORDER BY CAST(SalesTerritoryKey AS INTEGER)
