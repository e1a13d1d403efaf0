import ArgumentParser
import ElementCore
import ElementPipeline
import ElementWarehouse
import Foundation

/// `yaosu watch`: answers deliveries as they come.
struct Watch: ParsableCommand {
  /// How the command is called.
  static let configuration = CommandConfiguration(
    commandName: "watch",
    abstract: say("看着收件夹，来一份答复一份", "Watch the inbox and answer each delivery as it comes"),
    discussion: say(
      """
      inbox/<报送单位>/ 里的文件 20 秒没有变化就算一份报送，入库后移到 done/批次，答复写入 outbox/<报送单位>/；放在“只校验”文件夹里的只检查，不入库。
      例：
        yaosu watch --config yaosu.yaml
      """,
      """
      What stands in inbox/<sender>/ and does not change for twenty seconds is a delivery; it moves to done/BATCH, and its answer stands in outbox/<sender>/. What is in the folder 只校验 is checked only.
      Example:
        yaosu watch --config yaosu.yaml
      """))

  /// Looks once and ends.
  @Flag(help: ArgumentHelp(say("看一遍就结束", "Look once and end")))
  var once = false

  /// Flags that several commands share.
  @OptionGroup var night: NightOptions

  /// So many seconds lie between two looks: an answer comes within a minute.
  private static let pause = 5

  /// Watches until it is stopped.
  func run() throws {
    let (options, language) = try night.deliveryOptions("watch")
    let lock = try RunLock(folder: options.configuration.folders.inbox)
    var worst = 0
    // What waits because of us is told once, and again when it waits anew.
    var putOff: Set<[String]> = []
    repeat {
      var stillPutOff: Set<[String]> = []
      // The day may be another by now.
      let (today, _) = try night.deliveryOptions("watch")
      try NightRun(today, language).takeDeliveries { answer in
        if case .later = answer.fate { return }
        worst = NightOptions.worst([worst, answer.exitCode])
        if case .putOff = answer.fate {
          stillPutOff.insert(answer.delivery.files)
          if putOff.contains(answer.delivery.files) { return }
        }
        NightOptions.tell(answer, language)
      }
      putOff = stillPutOff
      for _ in 0..<(once ? 0 : Self.pause) {
        try Interruption.check()
        Thread.sleep(forTimeInterval: 1)
      }
    } while !once
    withExtendedLifetime(lock) {}
    if worst != 0 { throw ExitCode(Int32(worst)) }
  }
}
