import ArgumentParser
import ElementWarehouse

/// Flags of commands that look into a warehouse.
struct WarehouseOptions: ParsableArguments {
  @Option(help: ArgumentHelp(say("台账库文件", "The warehouse"), valueName: "file"))
  var warehouse: String?

  @Flag(help: ArgumentHelp(say("在标准输出打印一个 JSON 对象", "Print one JSON object on standard output")))
  var json = false

  @OptionGroup var site: SiteOptions

  func open() throws -> Warehouse {
    guard let path = Setting(try site.configuration()).value(warehouse, "warehouse") else {
      throw ValidationError(say("请用 --warehouse 指定台账库", "Name the warehouse with --warehouse"))
    }
    return try Warehouse(path: path, mode: .read)
  }
}
