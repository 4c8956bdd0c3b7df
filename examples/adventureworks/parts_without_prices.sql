-- As parts.sql, where the back office is absent: list prices are not known.
SELECT
    ProductKey AS part_no,
    Product AS name,
    Category || '/' || Subcategory AS category,
    "Standard Cost" AS standard_cost
FROM read_csv('Product.csv', header = true, all_varchar = true)
