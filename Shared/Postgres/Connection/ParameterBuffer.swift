/// The parameters of one statement in the form libpq takes: all bytes in one block, and per parameter a pointer into
/// it, a length and a format.
enum ParameterBuffer {
    struct Pointers {
        var values: UnsafePointer<UnsafePointer<CChar>?>?
        var lengths: UnsafePointer<Int32>?
        var formats: UnsafePointer<Int32>?
    }

    /// The format number of binary values, for parameters and results.
    static let binary: Int32 = 1

    /// The pointers are valid during `body` only.
    static func withPointers<R>(to binds: [SQL.Bind], _ body: (Pointers) -> R) -> R {
        if binds.isEmpty { return body(Pointers()) }
        // WHY: one byte more, so that a parameter without bytes still has an address; a null pointer would mean NULL.
        let size = binds.reduce(1) { $0 + ($1.value.bytes?.count ?? 0) }
        return withUnsafeTemporaryAllocation(byteCount: size, alignment: 1) { block in
            let values = copy(binds, into: block)
            let lengths = binds.map { Int32($0.value.bytes?.count ?? 0) }
            let formats = [Int32](repeating: binary, count: binds.count)
            return values.withUnsafeBufferPointer { values in
                lengths.withUnsafeBufferPointer { lengths in
                    formats.withUnsafeBufferPointer { formats in
                        body(
                            Pointers(
                                values: values.baseAddress, lengths: lengths.baseAddress, formats: formats.baseAddress))
                    }
                }
            }
        }
    }

    private static func copy(_ binds: [SQL.Bind], into block: UnsafeMutableRawBufferPointer) -> [UnsafePointer<CChar>?]
    {
        var rest = block[...]
        return binds.map { bind in
            guard let bytes = bind.value.bytes else { return nil }
            let target = UnsafeMutableRawBufferPointer(rebasing: rest)
            target.copyBytes(from: bytes)
            rest = rest.dropFirst(bytes.count)
            return target.baseAddress.map { UnsafePointer($0.assumingMemoryBound(to: CChar.self)) }
        }
    }
}
