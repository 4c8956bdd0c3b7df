-- Two levels: the category, and below it the subcategory.
WITH product AS (
    SELECT DISTINCT Category, Subcategory FROM read_csv('Product.csv', header = true, all_varchar = true)
)
SELECT DISTINCT Category AS code, Category AS name, NULL AS parent FROM product
UNION ALL
SELECT Category || '/' || Subcategory, Subcategory, Category FROM product
ORDER BY code
