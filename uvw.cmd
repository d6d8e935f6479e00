@echo off
rem Runs uv, and fetches it into this checkout first where it is missing: uvw run main.py --sample
setlocal
set "uvw_check=import sys; sys.exit(sys.version_info < (3, 11))"
rem Not in parentheses: a ) among the arguments would close them.
set "uvw_python=py -3"
%uvw_python% -c "%uvw_check%" >nul 2>nul
if not errorlevel 1 goto found
set "uvw_python=python"
%uvw_python% -c "%uvw_check%" >nul 2>nul
if not errorlevel 1 goto found
echo foothold: no Python 3.11 or later was found. Install one from python.org. 1>&2
exit /b 1
:found
%uvw_python% "%~dp0installer\uvw.py" %*
exit /b %errorlevel%
