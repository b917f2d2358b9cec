/// The binary form of a one-dimensional array: dimensions, a flag for NULLs, the element type, then for the
/// dimension its length and lower bound, then each element behind its length (-1 for NULL).
enum ArrayFormat {
    static func encode<Element: PostgresEncodable>(_ elements: [Element]) -> [UInt8] {
        let type = Int32(bitPattern: Element.postgresType.rawValue)
        var bytes: [UInt8] = []
        bytes.reserveCapacity(headerSize + elements.count * elementSizeExpected)
        for number in elements.isEmpty ? [0, 0, type] : [1, 0, type, Int32(elements.count), 1] {
            bytes.append(bigEndianBytesOf: number)
        }
        for element in elements {
            let place = bytes.count
            bytes.append(bigEndianBytesOf: Int32(-1))
            if element.appendPostgresBytes(to: &bytes) {
                bytes.put(Int32(bytes.count - place - lengthSize), at: place)
            } else {
                bytes.put(1, at: nullFlagPlace)
            }
        }
        return bytes
    }

    private static let headerSize = 20
    private static let nullFlagPlace = 4
    private static let lengthSize = 4
    /// An id with its length; longer ones make the bytes grow.
    private static let elementSizeExpected = 20

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

extension [UInt8] {
    fileprivate mutating func put(_ number: Int32, at place: Int) {
        withUnsafeMutableBytes { $0.storeBytes(of: number.bigEndian, toByteOffset: place, as: Int32.self) }
    }
}
