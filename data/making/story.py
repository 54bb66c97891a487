"""What the sample has to tell, as tables drawn in text: columns stand two or more spaces apart, "-" is an empty cell."""

from datetime import date

AS_OF = date(2022, 9, 15)  # the latest event of Pho Sai's register of 2565
INCOME_LINE = 38_000  # baht per person per year, จปฐ. 2560–2564
TAMBONS = {  # name, longitude and latitude of the centroid
    "342101": ("โพธิ์ไทร", 105.265, 15.811),
    "342102": ("ม่วงใหญ่", 105.269, 15.864),
    "342103": ("สำโรง", 105.443, 15.707),
    "342104": ("สองคอน", 105.344, 15.831),
    "342105": ("สารภี", 105.250, 15.759),
    "342106": ("เหล่างาม", 105.373, 15.754),
    "342602": ("หนองอ้ม", 104.922, 14.804),
    "342603": ("นาเกษม", 104.931, 14.723),
    "342604": ("กุดเรือ", 104.955, 14.678),
    "342605": ("โคกชำแระ", 104.908, 14.752),
    "342606": ("นาห่อม", 104.855, 14.760),
    "341502": ("ธาตุ", 104.887, 15.139),
    "341507": ("คูเมือง", 104.865, 15.080),
    "341511": ("บุ่งหวาย", 104.753, 15.158),
    "341515": ("คำขวาง", 104.924, 15.165),
    "341522": ("เมืองศรีไค", 104.904, 15.087),
    "341902": ("กุดชมภู", 105.249, 15.202),
}
DISTRICTS = {"3421": "โพธิ์ไทร", "3426": "ทุ่งศรีอุดม", "3415": "วารินชำราบ", "3419": "พิบูลมังสาหาร"}
MEETINGS = {  # register year -> the district centre's meetings that certify
    2565: (date(2022, 3, 24), date(2022, 4, 21), date(2022, 6, 23)),
    2564: (date(2021, 3, 25), date(2021, 6, 24)),
}

# The 34 certified households of Pho Sai 2565, one a line.
#   family   m or f and age, * disabled, ^ chronically ill; the first is the head
#   income   baht per person per year, below the line it fails indicator 22
#   fails    indicators that fail; a dimension's name: failed by the register's flag alone, no indicator answered
#   silent   dimensions for which nothing was recorded
#   plan     attitude, skill, resource, way out: - none, p planned, i in progress, d done; P and I are overdue
#   quiet    days from the last movement to the data's date; - nothing has happened since certification
#   in 2564  - not in that register; = the same; +8 failed then, -8 passed then, i30000 income then; c certified then
CERTIFIED = """
no  village   source   family               income  fails      silent     plan  quiet  meeting  in 2564
1   34210606  outside  m55+m11              21000   8          -          ddii  0      1        -
2   34210602  tpmap    m44+f41+m13+f9       26400   16         -          dppP  9      1        +4,c
3   34210604  both     f78^                 31200   5,27       -          dddi  4      1        -27,c
4   34210608  outside  f63+m39*             36000   -          health     pppp  26     2        -
5   34210101  tpmap    m47+f45+f16+m10      29500   8,11       -          diI-  52     1        =,c
6   34210102  tpmap    m72+f70              41000   21         -          dddd  6      1        i35500,c
7   34210104  both     f38+m14+f7           24000   4,16       -          dip-  17     2        -16,c
8   34210106  tpmap    m66+f62+m39+f35+m12  33000   7,9,16     -          ppPP  45     1        i30500,c
9   34210108  outside  m35+f33+f5+f1        30500   1,15       -          dd--  14     2        -
10  34210110  tpmap    m51+f49              52000   19         -          dddd  20     1        i34000,c
11  34210112  both     f80^                 45000   27         -          d-dd  60     1        =,c
12  34210114  outside  m58*+f56             -       living     income     ----  -      2        -
13  34210116  tpmap    m41+f37+m8           28700   -          -          pp--  22     2        +16,c
14  34210201  tpmap    m49+f46+f13          27800   10,16      -          diip  66     1        =,c
15  34210203  both     f69+m8               19800   -          education  dpip  8      2        +9,c
16  34210205  tpmap    m55+f52+m24*         47000   28         living     d-id  3      1        =
17  34210208  outside  m62+f58              34500   4          -          ----  19     3        -
18  34210211  tpmap    m37+f34+m12+f9       40500   5          -          dddd  2      2        i36500,c
19  34210214  tpmap    f43+m16              44000   17         -          pp-p  28     3        -
20  34210301  tpmap    m53+f50+f11          32000   8          -          ddIi  5      1        =,c
21  34210304  both     m74^                 39500   7          -          dP--  13     2        -7
22  34210306  tpmap    f59+m33+f31+m5       26000   15         -          pppp  38     2        =,c
23  34210307  outside  m46+f44+m14          22500   8,16       -          ----  11     3        -
24  34210309  tpmap    m68+f65              35500   -          living     dpp-  31     2        i39000
25  34210310  outside  f75+m12              25200   -          health     dip-  7      2        -
26  34210401  tpmap    m48+f45+m12          43500   8          -          dddd  41     1        +11,c
27  34210402  both     f66+f40+m13+f8       23500   5,16       -          iIpP  10     1        -5,c
28  34210404  tpmap    m57+f55              46000   20         -          ----  -      3        =
29  34210406  outside  m52+f47              38500   health     -          dp--  75     1        -
30  34210408  tpmap    f73^                 27000   9,27       -          d-i-  12     1        i29000
31  34210501  outside  m39+f36+m11+f7       25000   8          -          di--  3      3        -
32  34210504  tpmap    m64+f63              31000   10,21      -          dppp  80     1        -10,c
33  34210506  both     f54+m29*             33500   28         -          pppp  30     2        =
34  34210509  tpmap    m43+f40+f13          42500   16         -          di-p  16     2        -
"""
CLOSED = {10: "better", 11: "transferred", 26: "better", 29: "moved", 30: "deceased"}
# What the register's cell says in place of what follows from the table.
WRITTEN = {34: {"education_flag": "1"}}  # its indicator 16 fails: the flag disagrees
# Households listed but not certified; the first "in 2564" of each line were certified in that year.
LISTED = """
count  source   verification  certification  in 2564
6      tpmap    confirmed     proposed       0
4      outside  confirmed     proposed       -
2      both     confirmed     proposed       0
5      tpmap    not_poor      refused        0
2      outside  confirmed     refused        -
9      tpmap    not_poor      -              4
4      tpmap    moved         -              0
2      tpmap    deceased      -              0
1      both     deceased      -              0
5      tpmap    unverified    -              -
4      outside  unverified    -              -
"""
SAME_HOUSE = {35: 13}  # two households under one house code, as happens
GONE_SINCE_2564 = ("better",) * 5 + ("moved", "moved", "deceased") + ("",) * 6  # the first eight were certified then

OTHER_DISTRICTS = {  # district -> what stands in its register of 2565, as in LISTED
    "3426": """
count  source   verification  certification
4      tpmap    confirmed     certified
2      outside  confirmed     certified
2      tpmap    not_poor      -
1      both     confirmed     proposed
2      tpmap    unverified    -
1      outside  not_poor      refused
""",
    "3415": """
count  source   verification  certification
5      tpmap    confirmed     certified
1      both     confirmed     certified
2      outside  confirmed     certified
3      tpmap    not_poor      -
1      tpmap    moved         -
2      tpmap    unverified    -
1      outside  confirmed     proposed
""",
    "3419": """
count  source   verification  certification
4      tpmap    confirmed     certified
2      outside  confirmed     certified
1      both     confirmed     proposed
1      tpmap    not_poor      -
""",
}
# The two planted faults: (district, number of the household there) -> what is wrong in its row.
PLANTED = {
    ("3426", 10): {"income": "ประมาณสองหมื่น"},
    ("3415", 13): {"village_name": "บ้านสมมุติสุข"},
}
CIRCUMSTANCES = {
    1: "ชายวัย 55 ขายทรัพย์สินไปอยู่บ้านภรรยาฝั่งลาว หย่าร้างแล้วกลับมาเมื่อ ธ.ค. 2563 พร้อมหลานชายวัย 11 "
    "พักใต้หลังคาบ้านญาติที่ไม่มีฝา เพื่อนบ้านหาผ้าใบมาล้อมให้",
    3: "หญิงสูงอายุอยู่คนเดียว ป่วยเรื้อรัง ยังไม่มีใครดูแลประจำ",
    12: "สามีพิการ บ้านทรุดเอียง ไม่ยอมให้ข้อมูลรายได้",
    25: "ยายเลี้ยงหลานลำพัง ยังไม่ได้เก็บข้อมูลสุขภาพ",
    29: "ย้ายไปอยู่กับลูกต่างจังหวัดหลังรับรองแล้ว",
}
TROUBLE = {  # what a household says of an indicator that fails
    1: "ลูกแรกเกิดน้ำหนักน้อย", 4: "อาหารไม่พอและไม่ถูกสุขลักษณะ", 5: "ใช้ยาไม่ถูกวิธี", 7: "ไม่ได้ออกกำลังกาย",
    8: "บ้านชำรุดไม่มั่นคง", 9: "น้ำดื่มไม่พอในหน้าแล้ง", 10: "น้ำใช้ไม่พอ", 11: "บ้านไม่ถูกสุขลักษณะ",
    15: "ลูกเล็กยังไม่เข้าศูนย์พัฒนาเด็ก", 16: "ลูกหลานออกจากโรงเรียนกลางคัน", 17: "จบ ม.3 แล้วไม่ได้เรียนต่อ",
    19: "อ่านเขียนไม่คล่อง", 20: "วัยแรงงานไม่มีงานทำ", 21: "ผู้สูงอายุไม่มีรายได้", 22: "รายได้น้อยไม่แน่นอน",
    27: "ผู้สูงอายุไม่มีคนดูแล", 28: "คนพิการยังไม่ได้รับการดูแล",
}  # fmt: skip
