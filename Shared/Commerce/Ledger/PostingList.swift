/// Collects postings: amounts of zero are none, and what is below zero belongs to the other side.
struct PostingList {
    private(set) var postings: [LedgerPosting] = []

    mutating func debit(_ account: LedgerAccount, _ amount: Int64, tender: String? = nil) {
        if amount > 0 { postings.append(LedgerPosting(account: account, tender: tender, debit: amount)) }
        if amount < 0 { postings.append(LedgerPosting(account: account, tender: tender, credit: -amount)) }
    }

    mutating func credit(_ account: LedgerAccount, _ amount: Int64, tender: String? = nil) {
        debit(account, -amount, tender: tender)
    }
}
