-- Monthly targets of reseller sales, each row the person's own; nobody has split them by region.
SELECT TargetMonth AS month, EmployeeID AS person, TargetAmount AS amount
FROM read_csv('ResellerTargets.csv', header = true, all_varchar = true)
