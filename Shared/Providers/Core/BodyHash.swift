import Crypto

/// Names a body by its content.
enum BodyHash {
    static func hex(_ body: [UInt8]) -> String {
        SHA256.hash(data: body).map { byte in
            let digits = String(byte, radix: 16)
            return digits.count == 1 ? "0\(digits)" : digits
        }.joined()
    }
}
