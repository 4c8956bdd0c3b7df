-- As orders.sql, where the back office is absent: what internet sales came to is not known.
WITH region AS (
    SELECT SalesTerritoryKey, Region FROM read_csv('Region.csv', header = true, all_varchar = true)
), person AS (
    SELECT EmployeeKey, EmployeeID FROM read_csv('Salesperson.csv', header = true, all_varchar = true)
), product AS (
    SELECT p.ProductKey, CAST(p."Standard Cost" AS DECIMAL(18, 4)) AS cost
    FROM read_csv('Product.csv', header = true, all_varchar = true) p
), reseller AS (
    SELECT *, row_number() OVER () + 1 AS _row
    FROM read_csv('ResellerSales.csv', header = true, all_varchar = true)
), internet AS (
    SELECT *, row_number() OVER () + 1 AS _row
    FROM read_csv('InternetSales.csv', header = true, all_varchar = true)
)
SELECT
    'ResellerSales.csv' AS _file,
    s._row,
    s.SalesOrderNumber AS order_no,
    row_number() OVER (PARTITION BY s.SalesOrderNumber ORDER BY CAST(s.ProductKey AS INTEGER), s._row) AS line_no,
    s.OrderDate AS ordered_on,
    'reseller' AS channel,
    coalesce(person.EmployeeID, s.EmployeeKey) AS person,
    coalesce(region.Region, s.SalesTerritoryKey) AS region,
    s.ResellerKey AS customer,
    s.ProductKey AS part_no,
    s.Quantity AS quantity,
    s.Sales AS amount,
    s.Cost AS cost
FROM reseller s
LEFT JOIN region USING (SalesTerritoryKey)
LEFT JOIN person USING (EmployeeKey)
UNION ALL
SELECT
    'InternetSales.csv',
    s._row,
    CASE
        WHEN min(s.CustomerKey) OVER (PARTITION BY s.OrderNumber) <> max(s.CustomerKey) OVER (PARTITION BY s.OrderNumber)
        THEN s.OrderNumber || '/' || s.CustomerKey
        ELSE s.OrderNumber
    END,
    CAST(s.OrderLineItem AS INTEGER),
    s.OrderDate,
    'direct',
    NULL,
    coalesce(region.Region, s.TerritoryKey),
    'I' || s.CustomerKey,
    s.ProductKey,
    s.OrderQuantity,
    NULL,
    CAST(CAST(s.OrderQuantity AS DECIMAL(9, 0)) * product.cost AS VARCHAR)
FROM internet s
LEFT JOIN region ON region.SalesTerritoryKey = s.TerritoryKey
LEFT JOIN product USING (ProductKey)
