-- Resellers, in the territory that sold them most, else in their country's only one; and the people who bought on line.
WITH region AS (
    SELECT SalesTerritoryKey, Region, Country, count(*) OVER (PARTITION BY Country) AS in_country
    FROM read_csv('Region.csv', header = true, all_varchar = true)
), sold AS (
    SELECT ResellerKey, SalesTerritoryKey
    FROM read_csv('ResellerSales.csv', header = true, all_varchar = true)
    GROUP BY ResellerKey, SalesTerritoryKey
    QUALIFY row_number() OVER (PARTITION BY ResellerKey ORDER BY count(*) DESC, SalesTerritoryKey) = 1
), direct AS (
    SELECT CustomerKey, arg_max(TerritoryKey, OrderDate || OrderNumber) AS SalesTerritoryKey
    FROM read_csv('InternetSales.csv', header = true, all_varchar = true)
    GROUP BY CustomerKey
)
SELECT
    r.ResellerKey AS code,
    r.Reseller AS name,
    coalesce(by_sales.Region, by_country.Region) AS region,
    r."Business Type" AS customer_group
FROM read_csv('Reseller.csv', header = true, all_varchar = true) r
LEFT JOIN sold USING (ResellerKey)
LEFT JOIN region by_sales ON by_sales.SalesTerritoryKey = sold.SalesTerritoryKey
LEFT JOIN region by_country ON by_country.Country = r."Country-Region" AND by_country.in_country = 1
UNION ALL
SELECT 'I' || CustomerKey, 'Internet customer ' || CustomerKey, region.Region, 'Internet'
FROM direct JOIN region USING (SalesTerritoryKey)
ORDER BY code
