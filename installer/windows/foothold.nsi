; The installer for one person: it asks for no administrator and writes below the person's own folders and keys only.
; installer/windows/package.py makes it and passes VERSION, VERSION4, PAYLOAD (the frozen folder), FILES (an include that
; unpacks it), OUT, ICON, SIDEBAR, KILOBYTES, ROOM, LONGEST (letters of the longest path inside) and TARGET.
;
; How it ends when silent (/S, and /D=folder as the last word): 0 done, 1 given up, 2 stopped by an error, 5 Foothold
; runs, 6 a newer version is installed, 7 no room or no right to write, 8 the folder's path is too long, 9 installed in
; another folder, 10 Windows is too old. From 5 on nothing was changed.

Unicode true
Target ${TARGET}
ManifestDPIAware true
ManifestSupportedOS all
RequestExecutionLevel user
!ifdef QUICK
  SetCompress off
!else
  SetCompressor /SOLID lzma
  SetCompressorDictSize 64
!endif
SetDatablockOptimize on
CRCCheck on
AllowSkipFiles off
ShowInstDetails nevershow
ShowUninstDetails nevershow
AutoCloseWindow true

!include MUI2.nsh
!include LogicLib.nsh
!include WordFunc.nsh
!include x64.nsh
!include FileFunc.nsh
!include WinVer.nsh

!define UNINSTALL "Software\Microsoft\Windows\CurrentVersion\Uninstall\Foothold"
!define ONCE "Software\Microsoft\Windows\CurrentVersion\RunOnce"
!define TYPE "Foothold.Store"

Name "Foothold"
BrandingText "Foothold ${VERSION}"
OutFile "${OUT}"
InstallDir "$LOCALAPPDATA\Programs\Foothold"
InstallDirRegKey HKCU "${UNINSTALL}" "InstallLocation"
VIProductVersion "${VERSION4}"
VIAddVersionKey ProductName "Foothold"
VIAddVersionKey ProductVersion "${VERSION}"
VIAddVersionKey FileVersion "${VERSION}"
VIAddVersionKey FileDescription "Foothold setup"
VIAddVersionKey CompanyName "Foothold"
VIAddVersionKey LegalCopyright "${COPYRIGHT}"

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_ABORTWARNING
!define MUI_WELCOMEFINISHPAGE_BITMAP "${SIDEBAR}"

Var stop ; why nothing may be installed, or empty
Var code ; how a silent run then ends
Var busy ; a file that is in use, or empty
Var tries
Var what ; what the first page says will happen

!define MUI_WELCOMEPAGE_TITLE "Foothold ${VERSION}"
!define MUI_WELCOMEPAGE_TEXT "$what$\r$\n$\r$\nYour stores and settings are left as they are."
!define MUI_PAGE_CUSTOMFUNCTION_PRE SayWhat
!define MUI_PAGE_CUSTOMFUNCTION_SHOW NameButton
!insertmacro MUI_PAGE_WELCOME
!define MUI_PAGE_CUSTOMFUNCTION_PRE SkipWhenInstalled
!define MUI_PAGE_CUSTOMFUNCTION_LEAVE CheckFolder
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!define MUI_FINISHPAGE_TITLE "Foothold ${VERSION} is installed"
!define MUI_FINISHPAGE_TEXT "You find it in the Start menu, and files that end in .foothold open with it.$\r$\n$\r$\nTo remove it later: Settings, Apps. Your stores then stay."
!define MUI_FINISHPAGE_RUN "$INSTDIR\app\Foothold.exe"
!define MUI_FINISHPAGE_RUN_TEXT "Start Foothold"
!insertmacro MUI_PAGE_FINISH

!define MUI_UNCONFIRMPAGE_TEXT_TOP "Foothold is removed from this computer. Your stores, their copies and your settings stay where they are: delete the files yourself if you no longer want them."
!insertmacro MUI_UNPAGE_CONFIRM
!define MUI_INSTFILESPAGE_FINISHHEADER_TEXT "Foothold is removed"
!define MUI_INSTFILESPAGE_FINISHHEADER_SUBTEXT "Your stores, their copies and your settings are where they were."
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE English

; Windows lets nobody open a running program for writing.
!macro FindBusy folder
  StrCpy $busy ""
  !insertmacro OpenOne "${folder}\Foothold.exe"
  !insertmacro OpenOne "${folder}\foothold-cli.exe"
!macroend
!macro OpenOne file
  ${If} $busy == ""
  ${AndIf} ${FileExists} "${file}"
    ClearErrors
    FileOpen $R9 "${file}" a
    ${If} ${Errors}
      StrCpy $busy "${file}"
    ${Else}
      FileClose $R9
    ${EndIf}
  ${EndIf}
!macroend

; In the window: asks until it is closed or the person gives up. Silently: waits ten seconds for it.
!macro WaitUntilClosed folder
  StrCpy $tries 0
  ${Do}
    !insertmacro FindBusy "${folder}"
    ${If} $busy == ""
      ${ExitDo}
    ${EndIf}
    ${If} ${Silent}
      ${If} $tries >= 20
        ${ExitDo}
      ${EndIf}
      IntOp $tries $tries + 1
      Sleep 500
    ${Else}
      MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "Foothold is running. Close it, then choose Retry.$\r$\n$\r$\n($busy is in use.)" IDRETRY +2
      ${ExitDo}
    ${EndIf}
  ${Loop}
!macroend

; A virus scanner may hold a file for a moment after it was written: tried for ten seconds. Errors are left set.
!macro RenameFolder from to
  StrCpy $tries 0
  ${Do}
    ClearErrors
    Rename "${from}" "${to}"
    ${IfNot} ${Errors}
      ${ExitDo}
    ${EndIf}
    IntOp $tries $tries + 1
    ${If} $tries >= 20
      SetErrors
      ${ExitDo}
    ${EndIf}
    Sleep 500
  ${Loop}
!macroend

; What Foothold put there; a file that a person has put beside it stays.
!macro RemoveProgram folder
  RMDir /r "${folder}\_internal"
  Delete "${folder}\Foothold.exe"
  Delete "${folder}\foothold-cli.exe"
  Delete "${folder}\LICENSE.txt"
  RMDir "${folder}"
!macroend

; An upgrade that was cut off between its two renames has left the old program under its other name.
!macro Mend
  ${IfNot} ${FileExists} "$INSTDIR\app\Foothold.exe"
  ${AndIf} ${FileExists} "$INSTDIR\app.old\Foothold.exe"
    RMDir "$INSTDIR\app"
    Rename "$INSTDIR\app.old" "$INSTDIR\app"
  ${EndIf}
!macroend

; Says why in a window or, silently, on the standard error, and ends.
!macro Stop
  ${If} ${Silent}
    StrCpy $0 "foothold: $stop$\n"
    System::Call 'kernel32::AttachConsole(i -1)'
    System::Call 'kernel32::GetStdHandle(i -12) p .r1'
    System::Alloc 8192
    Pop $2
    System::Call 'kernel32::WideCharToMultiByte(i 65001, i 0, w r0, i -1, p r2, i 8192, p 0, p 0) i .r3'
    IntOp $3 $3 - 1
    System::Call 'kernel32::WriteFile(p r1, p r2, i r3, *i .r4, p 0)'
    System::Free $2
  ${Else}
    MessageBox MB_OK|MB_ICONSTOP "$stop"
  ${EndIf}
  SetErrorLevel $code
  Quit
!macroend

; What stands in the way, before anything is touched.
Function FindStop
  StrCpy $stop ""
  ${IfNot} ${RunningX64}
  ${OrIfNot} ${AtLeastWin10}
    StrCpy $code 10
    StrCpy $stop "Foothold needs Windows 10 or later, 64-bit. Nothing was changed."
    Return
  ${EndIf}
  ReadRegStr $0 HKCU "${UNINSTALL}" "DisplayVersion"
  ReadRegStr $1 HKCU "${UNINSTALL}" "InstallLocation"
  ${If} ${FileExists} "$1\app\Foothold.exe"
  ${OrIf} ${FileExists} "$1\app.old\Foothold.exe"
    ${VersionCompare} "$0" "${VERSION}" $2
    ${If} $2 == 1
      StrCpy $code 6
      StrCpy $stop "Foothold $0 is installed and is newer than ${VERSION}. Nothing was changed. To go back, uninstall it first; your stores stay."
      Return
    ${EndIf}
    ${If} $1 != $INSTDIR
      StrCpy $code 9
      StrCpy $stop "Foothold is installed in $1. Nothing was changed. Choose that folder, or uninstall it there first; your stores stay."
      Return
    ${EndIf}
  ${EndIf}
  StrLen $0 $INSTDIR
  IntOp $1 259 - ${LONGEST}
  ${If} $0 > $1
    StrCpy $code 8
    StrCpy $stop "The folder's path is too long: it has $0 letters, and Foothold can have $1 here. Nothing was changed. Choose a shorter one."
    Return
  ${EndIf}
  StrCpy $3 $INSTDIR
  ${DoUntil} ${FileExists} "$3\*.*"
    StrCpy $4 $3
    ${GetParent} $3 $3
    ${If} $3 == ""
    ${OrIf} $3 == $4
      ${ExitDo}
    ${EndIf}
  ${Loop}
  System::Call 'kernel32::GetDiskFreeSpaceExW(w "$3\", *l .r4, p 0, p 0) i .r5'
  ${If} $5 == 0
    StrCpy $code 7
    StrCpy $stop "Nothing can be put into $INSTDIR: there is no such drive or no right to write. Nothing was changed. Choose another folder."
    Return
  ${EndIf}
  System::Int64Op $4 / 1024
  Pop $4
  System::Int64Op $4 < ${ROOM}
  Pop $5
  ${If} $5 == 1
    IntOp $5 ${ROOM} / 1000
    StrCpy $code 7
    StrCpy $stop "There is too little room: Foothold needs $5 MB free where $INSTDIR is. Nothing was changed. Make room, or choose another folder."
  ${EndIf}
FunctionEnd

; NSIS would take its own folder without a word where the one after /D= cannot be.
Function FindAsked
  StrCpy $stop ""
  System::Call 'kernel32::GetCommandLineW() w .r0'
  ${WordFind} "$0" " /D=" "E+1}" $1
  ${If} ${Errors}
    Return
  ${EndIf}
  ${Do}
    StrCpy $2 $1 1 -1
    ${If} $2 != "\"
    ${AndIf} $2 != " "
      ${ExitDo}
    ${EndIf}
    StrCpy $1 $1 -1
  ${Loop}
  ${If} $1 != $INSTDIR
    StrCpy $code 7
    StrCpy $stop "Nothing can be put into $1: there is no such drive, or it is no whole path. Nothing was changed. Name a folder as in /D=C:\Some\Folder, without quotes."
  ${EndIf}
FunctionEnd

Function .onInit
  StrCpy $code 0
  Call FindAsked
  ${If} $stop != ""
    !insertmacro Stop
  ${EndIf}
  Call FindStop
  ${If} $stop != ""
    ${If} ${Silent}
    ${OrIf} $code == 6
    ${OrIf} $code == 10
      !insertmacro Stop
    ${EndIf}
  ${EndIf}
FunctionEnd

Function SayWhat
  ReadRegStr $0 HKCU "${UNINSTALL}" "InstallLocation"
  ReadRegStr $1 HKCU "${UNINSTALL}" "DisplayVersion"
  StrCpy $what "This puts Foothold on this computer for you alone. It needs no administrator and no network."
  ${If} ${FileExists} "$0\app\Foothold.exe"
    StrCpy $what "Foothold $1 is installed, and ${VERSION} takes its place. Close Foothold first, should it be open."
  ${EndIf}
FunctionEnd

; An upgrade keeps its folder, so that the first page starts it.
Function NameButton
  ReadRegStr $0 HKCU "${UNINSTALL}" "InstallLocation"
  ${If} ${FileExists} "$0\app\Foothold.exe"
    GetDlgItem $1 $HWNDPARENT 1
    SendMessage $1 ${WM_SETTEXT} 0 "STR:$(^InstallBtn)"
  ${EndIf}
FunctionEnd

Function SkipWhenInstalled
  ReadRegStr $0 HKCU "${UNINSTALL}" "InstallLocation"
  ${If} ${FileExists} "$0\app\Foothold.exe"
    StrCpy $INSTDIR $0
    Abort
  ${EndIf}
FunctionEnd

Function CheckFolder
  Call FindStop
  ${If} $stop != ""
    MessageBox MB_OK|MB_ICONSTOP "$stop"
    Abort
  ${EndIf}
FunctionEnd

Function .onInstFailed
  SetOutPath "$TEMP"
  RMDir /r "$INSTDIR\app.new"
  RMDir "$INSTDIR"
  StrCpy $code 2
  StrCpy $stop "Foothold could not be unpacked into $INSTDIR, and nothing of it was kept there. What was installed before still runs. Make room and try again."
  !insertmacro Stop
FunctionEnd

Function GiveUp
  SetOutPath "$TEMP"
  RMDir /r "$INSTDIR\app.new"
  RMDir "$INSTDIR"
  StrCpy $code 5
  StrCpy $stop "Foothold is running, or another program holds its files$busy. Nothing was changed. Close it and try again."
  !insertmacro Stop
FunctionEnd

Section "Foothold"
  Call FindStop
  ${If} $stop != ""
    !insertmacro Stop
  ${EndIf}
  ; Before it is asked whether Foothold runs: where nothing may be written its files look as if they were in use.
  CreateDirectory "$INSTDIR\app.new"
  ClearErrors
  FileOpen $0 "$INSTDIR\app.new\empty" w
  ${If} ${Errors}
    RMDir /r "$INSTDIR\app.new"
    RMDir "$INSTDIR"
    StrCpy $code 7
    StrCpy $stop "Nothing can be put into $INSTDIR: there is no right to write. Nothing was changed. Choose another folder."
    !insertmacro Stop
  ${EndIf}
  FileClose $0
  !insertmacro Mend
  !insertmacro WaitUntilClosed "$INSTDIR\app"
  ${If} $busy != ""
    StrCpy $busy " ($busy)"
    Call GiveUp
  ${EndIf}
  ; What an upgrade that was cut off has left.
  RMDir /r "$INSTDIR\app.new"
  !insertmacro RemoveProgram "$INSTDIR\app.old"
  ; The whole program lies beside the old one before the old one is touched.
  !include "${FILES}"
  ; Out of the new folder: Windows renames none that a program works in.
  SetOutPath "$INSTDIR"
  !insertmacro WaitUntilClosed "$INSTDIR\app"
  ${If} $busy != ""
    StrCpy $busy " ($busy)"
    Call GiveUp
  ${EndIf}
  ${If} ${FileExists} "$INSTDIR\app\*.*"
    ; Should the power fail between the two renames, the next sign-in takes the first one back.
    WriteRegStr HKCU "${ONCE}" "Foothold" '"$INSTDIR\Uninstall.exe" /S /mend'
    !insertmacro RenameFolder "$INSTDIR\app" "$INSTDIR\app.old"
    ${If} ${Errors}
      DeleteRegValue HKCU "${ONCE}" "Foothold"
      Call GiveUp
    ${EndIf}
  ${EndIf}
  !insertmacro RenameFolder "$INSTDIR\app.new" "$INSTDIR\app"
  ${If} ${Errors}
    Rename "$INSTDIR\app.old" "$INSTDIR\app"
    DeleteRegValue HKCU "${ONCE}" "Foothold"
    Call GiveUp
  ${EndIf}
  DeleteRegValue HKCU "${ONCE}" "Foothold"
  WriteUninstaller "$INSTDIR\Uninstall.exe"
  !insertmacro RemoveProgram "$INSTDIR\app.old"
  ; A file that a person has put beside the old program goes beside the new one.
  FindFirst $0 $1 "$INSTDIR\app.old\*.*"
  ${DoWhile} $1 != ""
    ${If} $1 != "."
    ${AndIf} $1 != ".."
      Rename "$INSTDIR\app.old\$1" "$INSTDIR\app\$1"
    ${EndIf}
    FindNext $0 $1
  ${Loop}
  FindClose $0
  RMDir "$INSTDIR\app.old"

  WriteRegStr HKCU "Software\Classes\.foothold" "" "${TYPE}"
  WriteRegStr HKCU "Software\Classes\${TYPE}" "" "Foothold store"
  WriteRegStr HKCU "Software\Classes\${TYPE}\DefaultIcon" "" '"$INSTDIR\app\Foothold.exe",0'
  WriteRegStr HKCU "Software\Classes\${TYPE}\shell\open\command" "" '"$INSTDIR\app\Foothold.exe" "%1"'
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'

  WriteRegStr HKCU "${UNINSTALL}" "DisplayName" "Foothold"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayIcon" "$INSTDIR\app\Foothold.exe"
  WriteRegStr HKCU "${UNINSTALL}" "Publisher" "Foothold"
  WriteRegStr HKCU "${UNINSTALL}" "Comments" "Uninstalling leaves your stores and settings where they are."
  WriteRegStr HKCU "${UNINSTALL}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${UNINSTALL}" "UninstallString" '"$INSTDIR\Uninstall.exe"'
  WriteRegStr HKCU "${UNINSTALL}" "QuietUninstallString" '"$INSTDIR\Uninstall.exe" /S'
  WriteRegDWORD HKCU "${UNINSTALL}" "EstimatedSize" ${KILOBYTES}
  WriteRegDWORD HKCU "${UNINSTALL}" "NoModify" 1
  WriteRegDWORD HKCU "${UNINSTALL}" "NoRepair" 1

  ; A shortcut works in the folder set here: not in the program's own, which an upgrade renames.
  SetOutPath "$PROFILE"
  CreateShortcut "$SMPROGRAMS\Foothold.lnk" "$INSTDIR\app\Foothold.exe"
SectionEnd

Function un.onInit
  ${GetParameters} $0
  ClearErrors
  ${GetOptions} $0 "/mend" $1
  ${IfNot} ${Errors}
    !insertmacro Mend
    Quit
  ${EndIf}
FunctionEnd

Section "Uninstall"
  !insertmacro Mend
  !insertmacro WaitUntilClosed "$INSTDIR\app"
  ${If} $busy != ""
    StrCpy $code 5
    StrCpy $stop "Foothold is running ($busy is in use). Nothing was removed. Close it and try again."
    !insertmacro Stop
  ${EndIf}
  SetOutPath "$TEMP"
  ; Its entry stays while a file of it stays, so that it can be removed again. Without its program it is not started.
  StrCpy $tries 0
  ${Do}
    !insertmacro RemoveProgram "$INSTDIR\app"
    !insertmacro RemoveProgram "$INSTDIR\app.old"
    RMDir /r "$INSTDIR\app.new"
    ${IfNot} ${FileExists} "$INSTDIR\app\_internal\*.*"
    ${AndIfNot} ${FileExists} "$INSTDIR\app.old\_internal\*.*"
    ${AndIfNot} ${FileExists} "$INSTDIR\app.new\*.*"
      ${ExitDo}
    ${EndIf}
    IntOp $tries $tries + 1
    ${If} $tries >= 20
      StrCpy $code 2
      StrCpy $stop "Another program holds files of Foothold in $INSTDIR, so that not all was removed. Your stores are still there. Close it, or sign in again, and uninstall once more."
      !insertmacro Stop
    ${EndIf}
    Sleep 500
  ${Loop}
  Delete "$INSTDIR\Uninstall.exe"
  RMDir "$INSTDIR"
  Delete "$SMPROGRAMS\Foothold.lnk"
  ReadRegStr $0 HKCU "Software\Classes\.foothold" ""
  ${If} $0 == "${TYPE}"
    DeleteRegValue HKCU "Software\Classes\.foothold" ""
  ${EndIf}
  DeleteRegKey /ifempty HKCU "Software\Classes\.foothold"
  DeleteRegKey HKCU "Software\Classes\${TYPE}"
  DeleteRegKey HKCU "${UNINSTALL}"
  DeleteRegValue HKCU "${ONCE}" "Foothold"
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'
SectionEnd
