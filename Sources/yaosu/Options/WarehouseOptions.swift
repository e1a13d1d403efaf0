import ArgumentParser
import ElementWarehouse

/// Flags of commands that look into a warehouse.
struct WarehouseOptions: ParsableArguments {
  @Option(help: ArgumentHelp(say("台账库文件", "The warehouse"), valueName: "file"))
  var warehouse: String?

  /// Print one JSON object on standard output.
  @Flag(help: ArgumentHelp(say("在标准输出打印一个 JSON 对象", "Print one JSON object on standard output")))
  var json = false

  /// How long a writer is waited for.
  @Option(help: ArgumentHelp(say("台账库正在写入时最多等待几秒", "Seconds to wait for a load that is writing"), valueName: "seconds"))
  var wait = 60

  @OptionGroup var site: SiteOptions

  /// Opens the warehouse for reading; where a private copy is read, says so.
  func open() throws -> Warehouse {
    guard let path = Setting(try site.configuration()).value(warehouse, "warehouse") else {
      throw ValidationError(say("请用 --warehouse 指定台账库", "Name the warehouse with --warehouse"))
    }
    let warehouse = try Warehouse(path: path, mode: .read, wait: max(0, wait))
    if warehouse.isCopy {
      Console.talk(
        say(
          "有一次入库被中断，而这里不能写入：正在读取一份已撤回的私有副本\n",
          "a load was interrupted and this folder cannot be written: a private copy, rolled back, is read\n"))
    }
    return warehouse
  }
}
