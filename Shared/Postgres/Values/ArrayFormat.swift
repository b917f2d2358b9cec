/// The binary form of a one-dimensional array: dimensions, a flag for NULLs, the element type, then for the
/// dimension its length and lower bound, then each element behind its length (-1 for NULL).
enum ArrayFormat {
    static func encode(_ elements: [PostgresValue], _ type: PostgresType) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(20 + elements.reduce(0) { $0 + 4 + ($1.bytes?.count ?? 0) })
        func append(_ number: Int32) {
            withUnsafeBytes(of: number.bigEndian) { bytes.append(contentsOf: $0) }
        }
        append(elements.isEmpty ? 0 : 1)
        append(elements.contains { $0.bytes == nil } ? 1 : 0)
        append(Int32(bitPattern: type.rawValue))
        if elements.isEmpty { return bytes }
        append(Int32(elements.count))
        append(1)
        for element in elements {
            append(element.bytes.map { Int32($0.count) } ?? -1)
            bytes.append(contentsOf: element.bytes ?? [])
        }
        return bytes
    }

    /// `nil` when the bytes are malformed or have more than one dimension.
    static func decode(_ bytes: ArraySlice<UInt8>) -> (type: PostgresType, values: [ArraySlice<UInt8>?])? {
        var rest = bytes
        func next() -> Int32? {
            guard rest.count >= 4 else { return nil }
            defer { rest = rest.dropFirst(4) }
            return Int32(bigEndianBytes: rest.prefix(4))
        }
        guard let dimensions = next(), next() != nil, let type = next() else { return nil }
        let element = PostgresType(rawValue: UInt32(bitPattern: type))
        if dimensions == 0 { return (element, []) }
        guard dimensions == 1, let count = next(), count >= 0, next() != nil, Int(count) <= rest.count / 4 else {
            return nil
        }
        var values: [ArraySlice<UInt8>?] = []
        values.reserveCapacity(Int(count))
        for _ in 0..<count {
            guard let length = next(), Int(length) <= rest.count else { return nil }
            values.append(length < 0 ? nil : rest.prefix(Int(length)))
            rest = rest.dropFirst(max(0, Int(length)))
        }
        return (element, values)
    }
}
