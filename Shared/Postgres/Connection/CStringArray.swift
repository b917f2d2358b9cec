import Foundation

/// Swift strings as the null-terminated array of C strings that libpq takes.
enum CStringArray {
    /// The pointers are valid during `body` only.
    static func withPointers<R>(to strings: [String], _ body: ([UnsafePointer<CChar>?]) -> R) -> R {
        let copies = strings.map { strdup($0) }
        defer { for copy in copies { free(copy) } }
        return body(copies.map { UnsafePointer($0) } + [nil])
    }
}
