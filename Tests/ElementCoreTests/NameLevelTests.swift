import ElementCore
import Testing

/// How alike two names are: the levels of the linkage design, §3.3.
struct NameLevelTests {
  @Test(
    arguments: [
      ("张三", "张三", .exact), ("張三", "张三", .exact), ("阿卜杜拉·买买提", "阿卜杜拉•买买提", .exact), ("李 四", "李四", .exact),
      ("张伟", "章伟", .sound), ("王小明", "王晓明", .sound), ("张三", "章叁", .sound), ("己所", "已所", .form), ("王末", "王未", .form),
      ("王小明", "小王明", .swap), ("John Smith", "SMITH JOHN", .swap), ("王明", "王小明", .missing), ("王小明", "王明", .missing),
      ("王建国", "王建军", .oneChar), ("王建国", "王德国", .oneChar), ("王芳", "王强", .surname), ("欧阳修远", "欧阳明德", .surname),
      ("欧阳修", "欧修", .missing), ("张伟", "章国强", .surnameSound), ("王建国", "赵建国", .given), ("王芳", "赵强", .differ), ("", "张三", .differ),
      ("张三", "John", .differ),
    ] as [(String, String, NameLevel)])
  func `a pair of names has its level, whichever comes first`(_ one: String, _ other: String, _ level: NameLevel) {
    #expect(NameLevel(one.utf8, other.utf8) == level)
    #expect(NameLevel(other.utf8, one.utf8) == level)
  }

  @Test func `slips are those that sound or look alike, or differ in one character`() {
    #expect(NameLevel.allCases.filter(\.isSlip) == [.exact, .sound, .form, .swap, .missing, .oneChar])
  }
}
