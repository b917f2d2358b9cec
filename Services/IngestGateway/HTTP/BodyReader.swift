import Hummingbird
import NIOCore

/// Reads a request's body up to the gateway's limits.
enum BodyReader {
    // LIMIT: far above what a provider sends of one order; a body is held in memory, and kept as one row.
    static let bytesMax = 1024 * 1024
    // LIMIT: how far an oversize body is read on to tell its size; the connection is dropped beyond.
    private static let countedBytesMax = 16 * bytesMax

    static func read(_ body: RequestBody, announced: Int?) async throws -> ArrivedBody {
        var bytes: [UInt8] = []
        var size = 0
        if let announced, announced <= bytesMax { bytes.reserveCapacity(announced) }
        do {
            for try await part in body {
                bytes.append(contentsOf: part.readableBytesView.prefix(bytesMax - bytes.count))
                size += part.readableBytes
                if size > countedBytesMax { break }
            }
        } catch is BodyTooSlow {
            return .tooSlow(first: Array(bytes.prefix(Quarantine.bodyBytesMax)))
        }
        guard size > bytesMax else { return .whole(bytes) }
        return .oversize(first: Array(bytes.prefix(Quarantine.bodyBytesMax)), size: max(size, announced ?? 0))
    }
}
