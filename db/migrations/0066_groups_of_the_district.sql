-- The groups of version 1 were a file's that the program brought with it (0026). They are the district's own now, and
-- those of a store that had them stay what its waves were drawn by.
INSERT INTO sample_group (version, list, code, name_zh, name_en, members, position)
SELECT * FROM (VALUES
    (1, 'size', 'larger', '大中型', 'Large and medium', 'large medium', 1),
    (1, 'size', 'small', '小型', 'Small', 'small', 2),
    (1, 'size', 'micro', '微型', 'Micro', 'micro', 3),
    (1, 'sector', 'textile', '纺织、服装和化纤', 'Textiles, apparel and fibres', 'C17 C18 C28', 4),
    (1, 'sector', 'machinery', '机械和电子制造', 'Machinery and electronics', 'C33 C34 C35 C36 C37 C38 C39 C40', 5),
    (1, 'sector', 'industry', '其他工业', 'Other industry', 'B C D', 6),
    (1, 'sector', 'trade', '批发和零售', 'Wholesale and retail', 'F', 7),
    (1, 'sector', 'others', '建筑、服务和其他', 'Construction, services and others', '*', 8),
    (1, 'town', 'centre', '中部', 'Centre', '330603001 330603002 330603003 330603004', 9),
    (1, 'town', 'north', '北部', 'North', '330603005 330603007 330603011', 10),
    (1, 'town', 'west', '西部', 'West', '330603009 330603010 330603114', 11),
    (1, 'town', 'south', '南部', 'South', '*', 12)
) AS usual (version, list, code, name_zh, name_en, members, position)
WHERE EXISTS (SELECT 1 FROM reference_item WHERE list = 'town' AND code = '330603001')
  AND NOT EXISTS (SELECT 1 FROM sample_group WHERE version = 1);
