import Commerce
import Testing

@testable import Returns

@Suite("Returned units on lines of the ERP")
struct LineAllocationTests {
    private func allocate(
        _ returned: [(String, Int)], _ lines: [(Int, String, Int)]
    ) throws(ProviderFailure) -> [Int: Int] {
        try LineAllocation.allocate(
            returned.map { ReturnedUnits(sku: $0.0, quantity: $0.1) },
            to: lines.map { ERPLine(number: $0.0, sku: $0.1, room: $0.2) })
    }

    @Test("a SKU on as many lines here as there stands on the same line there")
    func inOrder() throws {
        let there = [(3, "ROBE", 2), (5, "BELT", 1), (7, "ROBE", 4)]
        #expect(try allocate([("ROBE", 0), ("BELT", 1), ("ROBE", 3)], there) == [5: 1, 7: 3])
    }

    @Test("otherwise the lines there are filled from the first")
    func filled() throws {
        #expect(try allocate([("ROBE", 3)], [(1, "ROBE", 2), (2, "ROBE", 2)]) == [1: 2, 2: 1])
        #expect(try allocate([("ROBE", 2), ("ROBE", 0)], [(1, "ROBE", 1), (2, "ROBE", 1)]) == [1: 1, 2: 1])
    }

    @Test("more than there is room for is refused with what there is")
    func tooMany() {
        #expect(
            throws: ProviderFailure.refused(
                code: "over_returned",
                message: "3 of ROBE come back, and there is room for 2 of them in the ERP.")
        ) { try allocate([("ROBE", 3)], [(1, "ROBE", 2)]) }
        #expect(throws: ProviderFailure.self) { try allocate([("BELT", 1)], [(1, "ROBE", 2)]) }
    }
}
