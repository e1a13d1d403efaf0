import ElementCore
package import ElementWarehouse

extension DeliveryOptions {
  /// What a warehouse is told of who does something: by the operator, the version and the day of these options.
  package func head(schemaDigest: String, deliveryDigest: String = "", sender: String? = nil, area: String? = nil) -> BatchHead
  {
    var head = BatchHead(
      operatorName: operatorName, sender: sender, area: area, toolVersion: toolVersion, schemaDigest: schemaDigest,
      deliveryDigest: deliveryDigest, asOf: today.text)
    if let origin { head.origin = origin }
    return head
  }
}
