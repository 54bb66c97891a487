"""The overview as an analyst writes it in an afternoon: pandas over a cached frame, Plotly express, multiselects."""

import os
from pathlib import Path

import duckdb
import pandas as pd
import plotly.express as px
import streamlit as st

DIMENSIONS = {
    "health": "สุขภาพ",
    "living": "ความเป็นอยู่",
    "education": "การศึกษา",
    "income": "รายได้",
    "access": "การเข้าถึงบริการรัฐ",
}
STATES = {"deprived": "ขาดแคลน", "not_deprived": "ไม่ขาดแคลน", "no_data": "ไม่มีข้อมูล"}
ASPECTS = {
    "plan_attitude": "ทัศนคติ",
    "plan_skill": "ทักษะ",
    "plan_resource": "ทรัพยากร",
    "plan_way_out": "ทางออก",
}
PLANS = {"done": "เสร็จแล้ว", "in_progress": "กำลังทำ", "planned": "วางแผนแล้ว", "none": "ยังไม่มีแผน"}
COLUMNS = [
    "register_year",
    "household_id",
    "ref",
    "district_code",
    "tambon_code",
    "village_code",
    *("source", "verification", "certification", "people", "target_people", "deprived", "plan"),
    '"case"',
    *("helped", "overdue", "plan_overdue", "steps_overdue", "days_still"),
    *DIMENSIONS,
    *ASPECTS,
]
TEXTS = ["district_code", "tambon_code", "village_code", "source", "verification", "certification", "plan", "case"]


@st.cache_data
def households() -> pd.DataFrame:
    """Every household of every year beside its states of the year before, read once; texts as categories, so filters are quick."""
    with connected() as connection:
        frame = connection.execute(f"select {', '.join(COLUMNS)} from household").df()
    before = frame[["register_year", "household_id", *DIMENSIONS]].assign(register_year=frame["register_year"] + 1)
    frame = frame.merge(before, how="left", on=["register_year", "household_id"], suffixes=("", "_was"), indicator="listed")
    texts = [*TEXTS, *DIMENSIONS, *(f"{name}_was" for name in DIMENSIONS), *ASPECTS]
    return frame.drop(columns="household_id").astype(dict.fromkeys(texts, "category"))


@st.cache_data
def names() -> dict[str, str]:
    """The name of every place by its code."""
    with connected() as connection:
        return dict(connection.execute("select code, name_th from place").fetchall())


def connected() -> duckdb.DuckDBPyConnection:
    """The newest build."""
    folder = Path(os.environ["BAAN_SUK_DATA"]) / "warehouse"
    return duckdb.connect(str(folder / f"{(folder / 'CURRENT').read_text().strip()}.duckdb"), read_only=True)


def named(code: str) -> str:
    """A place with its code, as it stands in a list of choices."""
    return f"{names().get(code, '')} ({code})"


def counted(frame: pd.DataFrame, columns: dict[str, str], states: dict[str, str]) -> pd.DataFrame:
    """Households per column and state, one row of each."""
    rows = [
        {"ด้าน": name, "สถานะ": words, "ครัวเรือน": int((frame[column] == state).sum())}
        for column, name in columns.items()
        for state, words in states.items()
    ]
    return pd.DataFrame(rows)


st.set_page_config(page_title="ภาพรวม", layout="wide")
data = households()
first, second, third, fourth, fifth, sixth = st.columns(6)
years = first.multiselect("ปี", sorted(data["register_year"].unique(), reverse=True))
districts = second.multiselect("อำเภอ", sorted(data["district_code"].dropna().unique()), format_func=named)
of_districts = data.loc[data["district_code"].isin(districts), "tambon_code"].dropna().unique() if districts else []
tambons = third.multiselect("ตำบล", sorted(of_districts), format_func=named)
lacks = fourth.multiselect("มิติที่ขาดแคลน", list(DIMENSIONS))
sources = fifth.multiselect("แหล่งที่มา", ["tpmap", "outside", "both"])
certifications = sixth.multiselect("ผลการรับรอง", ["certified", "proposed", "refused"])

kept = pd.Series(True, index=data.index)
for column, values in {"register_year": years, "district_code": districts, "tambon_code": tambons, "source": sources}.items():
    if values:
        kept &= data[column].isin(values)
if lacks:
    kept &= (data[lacks] == "deprived").any(axis=1)
whole = data[kept]
shown = whole[whole["certification"].isin(certifications)] if certifications else whole

target = whole[whole["certification"] == "certified"]
road = {
    "มีรายชื่อ": len(whole),
    "ตรวจสอบแล้ว": (whole["verification"] == "confirmed").sum(),
    "รับรองเป็นเป้าหมาย": len(target),
    "มีแผน": (~target["plan"].isin(["none", "not_kept"])).sum(),
    "ได้รับความช่วยเหลือ": target["helped"].sum(),
    "ปิดกรณี": (target["case"] == "closed").sum(),
}
st.subheader("จากรายชื่อถึงปิดกรณี")
for column, (label, value) in zip(st.columns(len(road)), road.items(), strict=True):
    column.metric(label, f"{value:,}", border=True)
st.caption(" · ".join(f"{name} {(whole['source'] == name).sum():,}" for name in ("tpmap", "outside", "both")))
st.markdown(
    f"**{shown['people'].sum():,.0f}** คนใน {len(shown):,} ครัวเรือน · คนจนเป้าหมาย **{shown['target_people'].sum():,.0f}** "
    f"(ทราบรายชื่อสมาชิก {shown['target_people'].count():,} ครัวเรือน)"
)

left, right = st.columns([3, 2])
states = counted(shown, DIMENSIONS, STATES)
left.plotly_chart(px.bar(states, x="ครัวเรือน", y="ด้าน", color="สถานะ", orientation="h", text="ครัวเรือน", title="สิ่งที่ขาดแคลน"))
people = {name: shown.loc[shown[column] == "deprived", "people"].sum() for column, name in DIMENSIONS.items()}
left.caption(" · ".join(f"{name} {number:,.0f} คน" for name, number in people.items()))
at_once = shown.groupby("deprived").agg(ครัวเรือน=("ref", "size"), คน=("people", "sum")).reindex(range(6), fill_value=0)
right.plotly_chart(
    px.bar(at_once.reset_index(), x="deprived", y="ครัวเรือน", text="ครัวเรือน", hover_data=["คน"], title="ขาดแคลนกี่มิติ")
)
lacking = shown[list(DIMENSIONS)] == "deprived"
pairs = {
    f"{DIMENSIONS[a]} + {DIMENSIONS[b]}": int((lacking[a] & lacking[b]).sum())
    for i, a in enumerate(DIMENSIONS)
    for b in list(DIMENSIONS)[i + 1 :]
}
together = sorted(pairs.items(), key=lambda pair: -pair[1])[:3]
right.caption(" · ".join(f"{pair} {number:,}" for pair, number in together))

st.subheader("ต้องดูแล")
mine = shown[(shown["certification"] == "certified") & (shown["case"] != "closed")]
eye = {
    "เกินกำหนด": mine["overdue"].sum(),
    "ยังไม่มีแผน": (mine["plan"] == "none").sum(),
    "ไม่มีความเคลื่อนไหว": (mine["case"] == "stalled").sum(),
}
for column, (label, value) in zip(st.columns(len(eye)), eye.items(), strict=True):
    column.metric(label, f"{value:,}", f"จาก {len(mine):,}", delta_color="off", delta_arrow="off", border=True)
pressing = mine[mine["overdue"] | (mine["plan"] == "none") | (mine["case"] == "stalled")]
pressing = pressing.assign(late=pressing["plan_overdue"] + pressing["steps_overdue"], unplanned=pressing["plan"] == "none")
worst = pressing.sort_values(["late", "unplanned", "days_still", "ref"], ascending=[False, False, False, True]).head(6)
st.dataframe(
    worst[["ref", "village_code", "late", "unplanned", "days_still"]].assign(
        ตำบล=worst["tambon_code"].astype(str).map(names())
    ),
    hide_index=True,
)
st.caption(f"{len(worst)} จาก {len(pressing):,}")

left, right = st.columns(2)
by = "village_code" if len(tambons) == 1 else "tambon_code"
places = whole.assign(target=whole["certification"] == "certified").groupby(by, observed=True)["target"].agg(["sum", "size"])
places = places[places["sum"] > 0].sort_values("sum", ascending=False, kind="stable").head(15).reset_index()
places["ที่"] = places[by].astype(str).map(named)
places["จาก"] = [f"{n:,} จาก {m:,}" for n, m in zip(places["sum"], places["size"], strict=True)]
left.plotly_chart(px.bar(places, x="sum", y="ที่", orientation="h", text="จาก", title="ครัวเรือนเป้าหมายรายพื้นที่"))
plans = counted(shown[shown["certification"] == "certified"], ASPECTS, PLANS)
right.plotly_chart(px.bar(plans, x="ครัวเรือน", y="ด้าน", color="สถานะ", orientation="h", text="ครัวเรือน", title="แผน 4ท"))

compared = shown[shown["listed"] == "both"]
if len(compared):
    moves = pd.DataFrame(
        [
            {
                "ด้าน": name,
                "ทิศ": direction,
                "ครัวเรือน": sign * int(((compared[f"{column}_was"] == was) & (compared[column] == now)).sum()),
            }
            for column, name in DIMENSIONS.items()
            for direction, sign, was, now in (("แย่ลง", -1, "not_deprived", "deprived"), ("ดีขึ้น", 1, "deprived", "not_deprived"))
        ]
    )
    st.plotly_chart(px.bar(moves, x="ครัวเรือน", y="ด้าน", color="ทิศ", orientation="h", text="ครัวเรือน", title="เทียบปีก่อน"))
    st.caption(f"{len(compared):,} จาก {len(shown):,} ครัวเรือนอยู่ในทะเบียนปีก่อน")
