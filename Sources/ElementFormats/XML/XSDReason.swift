package import ElementCore

/// Why a document breaks its XML schema, in words, by the error numbers of libxml2: never with what stands in the document.
package enum XSDReason {
  /// The words for a number.
  package static func text(_ code: Int) -> LocalizedText {
    switch code {
    case 1801, 1845: LocalizedText(zh: "XSD 中没有这个元素", en: "the schema does not know this element")
    case 1829...1832: LocalizedText(zh: "长度不符", en: "its length is not allowed")
    case 1833...1836: LocalizedText(zh: "超出取值范围", en: "it lies outside the range")
    case 1837, 1838: LocalizedText(zh: "数字位数不符", en: "it has too many digits")
    case 1839: LocalizedText(zh: "格式不符（pattern）", en: "it does not match the pattern")
    case 1840: LocalizedText(zh: "不在列举的取值中（enumeration）", en: "it is none of the values listed")
    case 1822...1827: LocalizedText(zh: "不是规定类型的值", en: "it is no value of its type")
    case 1841...1844, 1853...1858: LocalizedText(zh: "内容不是规定的内容", en: "its content is not allowed")
    case 1847...1849: LocalizedText(zh: "不允许为空值（nil）", en: "it must not be nil")
    case 1866, 1867: LocalizedText(zh: "有不允许的属性", en: "it has an attribute that is not allowed")
    case 1868: LocalizedText(zh: "缺少必填的属性", en: "it lacks an attribute that is required")
    case 1871: LocalizedText(zh: "出现的位置或次数不对，或缺少必填的元素", en: "it is not expected here, or lacks an element that is required")
    case 1877: LocalizedText(zh: "违反唯一性或引用约束", en: "it breaks a rule of uniqueness or reference")
    default: LocalizedText(zh: "不符合规定（libxml2 \(code)）", en: "it is not valid (libxml2 \(code))")
    }
  }
}
