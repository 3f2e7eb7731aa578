import SimCore
import Testing

@Suite("A table in chunks and shards")
struct ShardedTableTests {
    private func table(_ count: Int) -> ShardedTable<Int, String> {
        var table = ShardedTable<Int, String>()
        for key in 0..<count { table.insert("row \(key)", for: key) }
        return table
    }

    @Test(
        "finds every row and keeps the order, across all its growth", arguments: [0, 1, 512, 5_000])
    func growth(count: Int) {
        let table = table(count)
        #expect(table.count == count)
        #expect((0..<count).allSatisfy { table[$0] == "row \($0)" })
        #expect(Array(table.keys) == Array(0..<count))
        #expect(table[count] == nil)
    }

    @Test("held while rows are changed, added and removed stays as it was")
    func isolation() {
        var current = table(3_000)
        let held = current
        _ = current.update(7) { $0 = "changed" }
        current.remove(8)
        for key in 3_000..<6_000 { current.insert("new", for: key) }
        #expect(held.count == 3_000)
        #expect(held[7] == "row 7")
        #expect(held[8] == "row 8")
        #expect(current[7] == "changed")
        #expect(current.count == 5_999)
    }

    @Test("keeps order and rows when most were removed and the space was given back")
    func compaction() {
        var table = table(4_000)
        for key in 0..<4_000 where key % 5 != 0 { table.remove(key) }
        #expect(table.count == 800)
        #expect(Array(table.keys) == Array(stride(from: 0, to: 4_000, by: 5)))
        #expect(table[5] == "row 5")
        table.insert("again", for: 1)
        #expect(Array(table.keys).last == 1)
    }

    @Test("replaces a row where it stands, and changes nothing that is not there")
    func replacement() {
        var table = table(3)
        table.insert("other", for: 1)
        #expect(Array(table.rows) == ["row 0", "other", "row 2"])
        #expect(table.replace("third", for: 1) == "other")
        #expect(table.replace("new", for: 3) == nil)
        #expect(Array(table.rows) == ["row 0", "third", "row 2", "new"])
        #expect(table.count == 4)
        #expect(table.update(9) { $0 = "x" } == nil)
        #expect(table.remove(9) == nil)
    }
}

@Suite("A map in shards")
struct ShardedMapTests {
    @Test("counts what is set, updated and removed")
    func counting() {
        var map = ShardedMap<String, Int>()
        for number in 0..<3_000 { map["\(number)"] = number }
        for number in 0..<3_000 where number % 2 == 0 { map["\(number)"] = nil }
        map.update("3", default: 0) { $0 += 1 }
        map.update("fresh", default: 40) { $0 += 2 }
        #expect(map.count == 1_501)
        #expect(map["3"] == 4)
        #expect(map["fresh"] == 42)
        #expect(map["2"] == nil)
        #expect((0..<3_000).allSatisfy { $0 % 2 == 0 || map["\($0)"] != nil })
    }
}
