import Testing

@testable import SimRuntime

@Suite("Memory of the start — proc(5), madvise(2)")
struct StartMemoryTests {
    @Test("only unwritable code of files is given back")
    func chosenMappings() {
        let table = """
            5500-5600 r--p 00000000 fe:00 11 /usr/bin/entra-sim
            5600-5a00 r-xp 00000100 fe:00 11 /usr/bin/entra-sim
            5a00-5b00 rw-p 00000500 fe:00 11 /usr/bin/entra-sim
            6000-6100 rwxp 00000000 fe:00 12 /usr/lib/patched.so
            7000-7100 r-xp 00000000 00:00 0
            7ff0-7ff1 r-xp 00000000 00:00 0 [vdso]
            broken line
            """
        #expect(StartMemory.codeMappings(in: table) == [0x5600..<0x5a00])
    }

    @Test("the program runs on after it")
    func giveBack() {
        StartMemory.giveBack()
        #expect(StartMemory.codeMappings(in: "").isEmpty)
    }
}
