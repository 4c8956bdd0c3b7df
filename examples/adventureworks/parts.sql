-- needs: ../adventureworks/Production.Product.csv
-- otherwise: parts_without_prices.sql
-- Products by key; list prices stand in the back office, by the product's name.
SELECT
    p.ProductKey AS part_no,
    p.Product AS name,
    p.Category || '/' || p.Subcategory AS category,
    p."Standard Cost" AS standard_cost,
    b.ListPrice AS list_price,
    _row
FROM (
    SELECT *, row_number() OVER () + 1 AS _row FROM read_csv('Product.csv', header = true, all_varchar = true)
) p
LEFT JOIN read_csv('../adventureworks/Production.Product.csv', header = true, all_varchar = true) b ON b.Name = p.Product
ORDER BY _row
