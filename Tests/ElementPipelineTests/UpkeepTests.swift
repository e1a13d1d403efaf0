import ElementCore
import ElementFormats
import ElementPipeline
import ElementTestSupport
import ElementWarehouse
import Foundation
import Testing

/// Copies of a warehouse: what takes its place, and what others may read.
struct UpkeepTests {
  private let roster: Roster
  private let head = BatchHead(
    operatorName: "test", sender: nil, area: nil, toolVersion: "0", schemaDigest: "", deliveryDigest: "", asOf: "2026-01-01")

  init() throws { roster = try Roster() }

  /// Loads so many residents and takes them back, so that the file has room that nothing needs.
  private func fill() throws -> String {
    let text = try Repository.text("samples/residents.csv")
    _ = try roster.run(.load, [try roster.file("a.csv", text)])
    return try Warehouse(path: roster.warehouse, mode: .read).verify().digest
  }

  private func permissions(_ path: String) throws -> Int {
    try #require(try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int)
  }

  @Test(arguments: ["", ".anchor", ".lock"])
  func `a backup takes the place of nothing that the warehouse needs`(_ ending: String) throws {
    _ = try fill()
    let link = roster.scratch.path + "/link"
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: roster.warehouse + ending)
    let before = try Data(contentsOf: URL(fileURLWithPath: roster.warehouse + ending))
    for target in [roster.warehouse + ending, link] {
      let error = #expect(throws: OutputError.self) { try Warehouse(path: roster.warehouse, mode: .read).backup(to: target) }
      #expect(error?.kind == .usage)
    }
    #expect(try Data(contentsOf: URL(fileURLWithPath: roster.warehouse + ending)) == before)
  }

  @Test func `a vacuum keeps every row, the permissions and the chain, and is told in it`() throws {
    let digest = try fill()
    try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: roster.warehouse)
    let reader = try Warehouse(path: roster.warehouse, mode: .read)
    let found = try Warehouse.vacuum(roster.warehouse, head)
    #expect(found.report.digest == digest)
    #expect(found.before > 0 && found.report.bytes > 0 && found.report.bytes <= found.before)
    #expect(try permissions(roster.warehouse) == 0o640)
    let warehouse = try Warehouse(path: roster.warehouse, mode: .read)
    #expect(try warehouse.verify().differences.isEmpty)
    #expect(try warehouse.auditEntries().count == 2)
    // Who had it open reads on.
    #expect(try reader.verify().digest == digest)
    #expect(try roster.run(.load, [roster.scratch.path + "/a.csv"]) { $0.again = true }.counts.created == 0)
    #expect(try FileManager.default.contentsOfDirectory(atPath: roster.scratch.path).allSatisfy { !$0.hasSuffix(".tmp") })
  }

  @Test func `a vacuum makes no warehouse, and waits for no writer`() throws {
    #expect(throws: WarehouseError.self) { try Warehouse.vacuum(roster.warehouse, head) }
    #expect(!FileManager.default.fileExists(atPath: roster.warehouse))
    _ = try fill()
    let writer = try Warehouse(path: roster.warehouse, mode: .write)
    #expect(throws: WarehouseError.self) { try Warehouse.vacuum(roster.warehouse, head) }
    withExtendedLifetime(writer) {}
  }

  @Test func `a backup is its owner's alone unless a group may read it`() throws {
    _ = try fill()
    let warehouse = try Warehouse(path: roster.warehouse, mode: .read)
    let (own, shared) = (roster.scratch.path + "/own.db", roster.scratch.path + "/shared.db")
    _ = try warehouse.backup(to: own)
    #expect(try permissions(own) == 0o600)
    let group = try #require(try FileManager.default.attributesOfItem(atPath: own)[.groupOwnerAccountName] as? String)
    _ = try warehouse.backup(to: shared, group: group)
    #expect(try permissions(shared) == 0o640)
    #expect(throws: WarehouseError.self) { try warehouse.backup(to: shared + "2", group: "no such group") }
    #expect(!FileManager.default.fileExists(atPath: shared + "2"))
  }
}
