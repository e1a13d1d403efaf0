#!/usr/bin/env python3
"""Writes the hand-made samples: the messy roster and the community ledger. Nobody's data is in them.

usage: make.py SAMPLES_DIR

Identity numbers use the county 320699, which was never assigned, or are the examples that GB 11643-1999 prints.
"""
import sys

WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]


def identity(body):
    """The number of a body of 17 digits."""
    return body + "10X98765432"[sum(int(d) * w for d, w in zip(body, WEIGHTS)) % 11]


def person(number, birth="19700101"):
    """A number of the example county; odd sequences are men."""
    return identity("320699" + birth + f"{number:03d}")


LEDGER = ["姓名", "身份证号", "联系电话", "现住小区", "门牌号", "所属网格", "人员类型", "备注"]
NAMES = ["王示例", "李样板", "张演示", "刘范例", "陈模拟", "杨例证", "赵样本", "黄示范"]


def ledger():
    rows = [["东街社区人员台账（示例数据）"] + [""] * 7, LEDGER]
    for index in range(24):
        name = NAMES[index % 8] + "甲乙丙"[index // 8]
        grid = "东街社区第" + "一二三四五六七八"[index % 8] + "网格"
        rows.append([name, person(101 + index, f"19{60 + index}0{1 + index % 9}15"), f"1391234{5000 + index}", "示例花园",
                     f"{1 + index % 6}幢{101 + index}室", grid, "户籍" if index % 3 else "常住", "" if index % 5 else "已核实"])
    return rows


MESSY = ["姓名*", "身份证号", "性别", "出生日期", "民族", "联系电话", "籍贯", "户号", "与户主关系", "户籍地址", "现住址", "人户状态", "所属网格",
         "备注", "宗教信仰", "车牌号"]


def messy():
    """One row a trouble, clean rows between; the last column of this list says which trouble, and is not written."""
    def row(name, number, **cells):
        out = {"姓名*": name, "身份证号": number, "性别": "男", "出生日期": "1970-01-01", "民族": "汉族", "联系电话": "13912345678",
               "籍贯": "320682", "户号": "", "与户主关系": "", "户籍地址": "示例路1号", "现住址": "示例路1号", "人户状态": "一致",
               "所属网格": "01000032069900100101"}
        out.update(cells)
        return [out.get(title, "") for title in MESSY]

    good = [person(number) for number in range(1, 160, 2)]
    rows = [row("王示例", good[0])]
    rows += [row("李样板", good[1][:-1] + ("1" if good[1][-1] != "1" else "2"))]       # wrong check character
    rows += [row("张演示", good[2][:-1])]                                              # 17 digits
    rows += [row("刘范例", "3.20699E+17")]                                             # scientific notation
    rows += [row("陈模拟", good[3][:15] + "000")]                                      # rounded by a spreadsheet
    rows += [row("杨例证", identity("32069919700230001"))]                             # 30 February
    rows += [row("赵样本", identity("32069920990101001"), 出生日期="")]                 # born in the future
    rows += [row("黄示范", identity("99010519700101001"))]                             # no such province
    rows += [row("周示例", "320699********0011")]                                      # masked number
    rows += [row("吴*", good[4])]                                                      # masked name
    rows += [row("", good[5])]                                                         # no name
    rows += [row("徐示?", good[6])]                                                    # lost character
    rows += [row("寮犱笁", good[7])]                                                   # mojibake
    rows += [row("孙示例", good[8], 性别="女")]                                        # sex disagrees
    rows += [row("马示例", good[9], 出生日期="1970-01-02")]                            # birth date disagrees
    rows += [row("朱示例", good[10], 出生日期="约1970年")]                            # no month, no day
    rows += [row("胡示例", good[11], 出生日期="25569")]                                # a spreadsheet's serial
    rows += [row("郭示例", good[12], 民族="低族")]                                     # misspelt
    rows += [row("何示例", good[13], 联系电话="1391234567")]                           # ten digits
    rows += [row("林示例", good[14], 联系电话="12345")]                                # a service number
    rows += [row("高示例", good[15], 籍贯="某省某县")]                                 # unknown place
    rows += [row("罗示例", good[16], 人户状态="不一致")]                               # equal addresses
    rows += [row("郑示例", good[17], 户号="A1", 与户主关系="户主"), row("梁示例", good[18], 户号="A1", 与户主关系="户主")]
    rows += [row("谢示例", good[19]), row("谢示例", good[19])]                          # the same twice
    rows += [row("宋示例", good[20]), row("宋示例", good[20], 联系电话="13812345678")]   # the same key, other content
    rows += [row("唐示例", good[21], 所属网格="01000032069960000101")]                 # township 600
    rows += [row("许示例", "110105491231002", 性别="", 出生日期="")]                    # 15 digits
    rows += [row("韩示例", "110103201501010014", 出生日期="2015-01-01")]                # county gone before the birth
    rows += [row("冯示例甲", " " + good[22][:6] + " " + good[22][6:14] + " " + good[22][14:])]  # fixable: blanks
    rows += [row("邓　示", "".join(chr(ord(c) + 0xFEE0) for c in good[23]))]            # fixable: full width
    rows += [row("买买提•示例", good[24], 出生日期="1970/1/1", 联系电话="+86 139 1234 5678")]  # fixable
    rows += [row("曹示例", good[25], 备注="只是备注", 宗教信仰="无", 车牌号="苏F00000")]   # columns not stored
    return [["户籍人口花名册（示例数据，含各种错误）"] + [""] * (len(MESSY) - 1), ["填表说明：带*的为必填"] + [""] * (len(MESSY) - 1), MESSY] + rows


def text(rows):
    def cell(value):
        return '"' + value.replace('"', '""') + '"' if any(c in value for c in ',"\n') else value
    return "".join(",".join(cell(value) for value in row) + "\r\n" for row in rows)


WEEK = ["公民身份号码", "姓名", "性别", "出生日期", "联系电话", "现住门（楼）详址", "所属网格"]


def week():
    """A roster of Monday with three wrong rows, corrections of Tuesday, another street's roster of Wednesday, and on Saturday people whom
    nobody has registered: one of Monday's list whose number nobody knew, one whose name sounds the same, and a third who is somebody else."""
    def row(number, phone=None, street="示例路", grid="01000032069900100101"):
        name = NAMES[number % 8] + "甲乙丙丁戊"[number // 8 % 5]
        return [person(2 * number + 1), name, "男", "1970-01-01", phone or f"139123450{number:02d}", f"{street}{number}号", grid]

    monday = [row(number) for number in range(40)]
    monday[11][0] = monday[11][0][:17] + ("0" if monday[11][0][17] != "0" else "1")
    monday[23][4] = "1391234"
    monday[31][3] = "1970-13-01"
    tuesday = [[monday[number][0], f"138123450{number:02d}"] for number in range(5)]
    wednesday = [row(number, street="演示街", grid="01000032069900200101") for number in [*range(12), *range(60, 88)]]
    saturday = [["姓名", "性别", "出生日期", "联系电话", "现住门（楼）详址", "所属网格", "未落户原因"]]
    for name, number in [(monday[6][1], 6), ("黄式范甲", 7), ("秦例子", 90)]:
        saturday.append([name, "男", "1970-01-01", f"139123450{number:02d}", f"示例路{number}号", "01000032069900100101", "其他"])
    return [WEEK] + monday, [["公民身份号码", "联系电话"]] + tuesday, [WEEK] + wednesday, saturday


def main():
    folder = sys.argv[1]
    with open(folder + "/community-ledger.csv", "w", encoding="utf-8", newline="") as file:
        file.write("\ufeff" + text(ledger()))
    lines = text(messy()).encode("utf-8")
    # What no list of cells can hold: a row of another width, bad bytes, a NUL, an open quote and text behind a quote.
    lines += "彭示例,多,少\r\n".encode() + "曾示例,".encode() + b"\xff\xfe,\r\n" + "肖示\0例,\r\n".encode()
    lines += f'田示例,"{person(171)}\r\n'.encode() + f'董示例,"{person(173)}"甲,男\r\n'.encode() + b"\r\n\x1a"
    with open(folder + "/residents-messy.csv", "wb") as file:
        file.write(lines)
    for name, rows in zip(["monday", "tuesday", "wednesday", "saturday"], week()):
        with open(f"{folder}/week/{name}.csv", "w", encoding="utf-8", newline="") as file:
            file.write(text(rows))


if __name__ == "__main__":
    main()
