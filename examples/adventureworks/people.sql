-- Salespeople by employee number. Reps report to the sales manager of the group their regions lie in,
-- the managers to the director; a manager leads each of their regions.
WITH person AS (
    SELECT * FROM read_csv('Salesperson.csv', header = true, all_varchar = true)
), place AS (
    SELECT s.EmployeeKey, CAST(r.SalesTerritoryKey AS INTEGER) AS nr, r.Region, r."Group"
    FROM read_csv('SalespersonRegion.csv', header = true, all_varchar = true) s
    JOIN read_csv('Region.csv', header = true, all_varchar = true) r USING (SalesTerritoryKey)
), serving AS (
    SELECT EmployeeKey, string_agg(Region, ';' ORDER BY nr) AS regions, arg_min("Group", nr) AS sales_group
    FROM place GROUP BY EmployeeKey
), manager AS (
    SELECT EmployeeID, sales_group
    FROM person JOIN serving USING (EmployeeKey)
    WHERE Title LIKE '%Sales Manager'
), director AS (
    SELECT min(EmployeeID) AS EmployeeID FROM person WHERE Title = 'Director of Sales'
)
SELECT
    p.EmployeeID AS code,
    p.Salesperson AS name,
    p.UPN AS email,
    p.Title AS title,
    'sales' AS department,
    CASE
        WHEN p.Title = 'Director of Sales' THEN NULL
        WHEN p.Title LIKE '%Sales Manager' THEN director.EmployeeID
        ELSE m.EmployeeID
    END AS manager,
    CASE
        WHEN p.Title = 'Director of Sales' THEN 'rep;sales_manager;executive'
        WHEN p.Title LIKE '%Sales Manager' THEN 'rep;region_lead'
        ELSE 'rep'
    END AS roles,
    s.regions
FROM person p
CROSS JOIN director
LEFT JOIN serving s USING (EmployeeKey)
LEFT JOIN manager m ON m.sales_group = s.sales_group
ORDER BY code
