; Inno Setup 6: makes CounterSetup.exe from what packaging/build.py froze on Windows (dist\Counter).
;   python packaging\build.py
;   iscc packaging\windows\counter.iss
; Installs for the current user without administrator rights; the shop's data lies elsewhere
; (%LOCALAPPDATA%\Counter) and is never touched, not by removing the program either.

#define AppVersion "0.1.0"

[Setup]
AppId={{6E1B2F0A-52C3-4C0C-9C51-8C9D0A6F3B71}
AppName=Counter
AppVersion={#AppVersion}
DefaultDirName={autopf}\Counter
DefaultGroupName=Counter
PrivilegesRequired=lowest
PrivilegesRequiredOverridesAllowed=dialog
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
; Qt 6.11 needs Windows 10, version 1809.
MinVersion=10.0.17763
OutputDir=..\..\dist
OutputBaseFilename=CounterSetup
SetupIconFile=counter.ico
UninstallDisplayIcon={app}\Counter.exe
Compression=lzma2
SolidCompression=yes
WizardStyle=modern
; A till that is in use is asked to close, not killed.
CloseApplications=yes

[Languages]
; Chinese comes from packaging\windows\ChineseSimplified.isl when the file has been put there.
#if FileExists(AddBackslash(SourcePath) + "ChineseSimplified.isl")
Name: "zh"; MessagesFile: "ChineseSimplified.isl"
#endif
Name: "en"; MessagesFile: "compiler:Default.isl"

[Tasks]
Name: "desktopicon"; Description: "{cm:CreateDesktopIcon}"; GroupDescription: "{cm:AdditionalIcons}"

[InstallDelete]
; Files of an earlier version that the new one no longer has must not be found first.
Type: filesandordirs; Name: "{app}\_internal"

[Files]
Source: "..\..\dist\Counter\*"; DestDir: "{app}"; Flags: ignoreversion recursesubdirs createallsubdirs

[Icons]
Name: "{group}\Counter 售后柜台"; Filename: "{app}\Counter.exe"
Name: "{autodesktop}\Counter 售后柜台"; Filename: "{app}\Counter.exe"; Tasks: desktopicon

[Run]
Filename: "{app}\Counter.exe"; Description: "{cm:LaunchProgram,Counter}"; Flags: nowait postinstall skipifsilent
