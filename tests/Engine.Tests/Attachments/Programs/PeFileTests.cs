using System.Buffers.Binary;
using System.Text;
using Platform.Engine.Attachments.Programs;
using Platform.Engine.Tests.Detectors.Files;

namespace Platform.Engine.Tests.Attachments.Programs;

public sealed class PeFileTests
{
    [Fact]
    public void Headers_say_what_a_program_is()
    {
        var program = Program();
        BinaryPrimitives.WriteUInt16LittleEndian(program.AsSpan(0xDC), 2);

        Assert.Equal("x64 window program", PeFile.Read(program)?.ToString());
    }

    [Fact]
    public void A_packer_is_named()
    {
        var program = Program();
        "UPX0"u8.CopyTo(program.AsSpan(0x188));

        Assert.Equal("UPX0", PeFile.Read(program)?.Packer);
    }

    [Fact]
    public void The_name_that_a_program_was_built_under_is_read()
    {
        byte[] program = [.. Program(), .. Encoding.Unicode.GetBytes("StringFileInfo\0\0OriginalFilename\0\0putty.exe\0")];

        Assert.Equal("putty.exe", PeFile.Read(program)?.Names["OriginalFilename"]);
    }

    [Fact]
    public void The_details_of_a_program_are_evidence()
    {
        Assert.Contains("program-details", Opened.FactsOf("setup.exe", Program()));
    }

    [Fact]
    public void Cut_programs_are_read_as_far_as_they_go()
    {
        var program = Program();
        for (var length = 0; length < program.Length; length += 3)
            _ = PeFile.Read(program.AsSpan(0, length))?.ToString();
        Assert.Null(PeFile.Read(TestFiles.Text("MZ")));
    }

    private static byte[] Program()
    {
        var program = new byte[0x200];
        "MZ"u8.CopyTo(program);
        BinaryPrimitives.WriteInt32LittleEndian(program.AsSpan(0x3C), 0x80);
        "PE\0\0"u8.CopyTo(program.AsSpan(0x80));
        BinaryPrimitives.WriteUInt16LittleEndian(program.AsSpan(0x84), 0x8664);
        BinaryPrimitives.WriteUInt16LittleEndian(program.AsSpan(0x86), 1);
        BinaryPrimitives.WriteUInt16LittleEndian(program.AsSpan(0x94), 0xF0);
        BinaryPrimitives.WriteUInt16LittleEndian(program.AsSpan(0x98), 0x20B);
        return program;
    }
}
