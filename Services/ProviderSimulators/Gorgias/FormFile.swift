import Foundation

/// The one file of a `multipart/form-data` body (RFC 7578).
struct FormFile: Sendable, Equatable {
    let name: String
    let contentType: String
    let size: Int

    /// Nil for anything that is not exactly one file.
    init?(_ request: SimulatedRequest) {
        let type = request.header("content-type") ?? ""
        guard type.hasPrefix("multipart/form-data"), let mark = type.range(of: "boundary=") else { return nil }
        let boundary = Array("--\(type[mark.upperBound...])".utf8)
        let bytes = request.bytes[...]
        guard boundary.count > 2, bytes.starts(with: boundary),
            let head = Self.position(of: Array("\r\n\r\n".utf8), in: bytes),
            let end = Self.position(of: Array("\r\n".utf8) + boundary + Array("--".utf8), in: bytes),
            head + 4 <= end
        else { return nil }
        let lines = String(decoding: bytes[..<head], as: UTF8.self).split(separator: "\r\n").dropFirst()
        guard let disposition = lines.first(where: { $0.lowercased().hasPrefix("content-disposition:") }),
            let start = disposition.range(of: "filename=\""),
            let stop = disposition[start.upperBound...].firstIndex(of: "\"")
        else { return nil }
        name = String(disposition[start.upperBound..<stop])
        let typeLine = lines.first { $0.lowercased().hasPrefix("content-type:") }
        contentType =
            typeLine.map { $0.dropFirst("content-type:".count).drop(while: \.isWhitespace) }.map(String.init)
            ?? "application/octet-stream"
        size = end - head - 4
    }

    private static func position(of pattern: [UInt8], in bytes: ArraySlice<UInt8>) -> Int? {
        guard !pattern.isEmpty, bytes.count >= pattern.count else { return nil }
        return (bytes.startIndex...(bytes.endIndex - pattern.count)).first { index in
            bytes[index..<(index + pattern.count)].elementsEqual(pattern)
        }
    }
}
