@echo off
rem Runs uv, and fetches it into this checkout first where it is missing: uvw run main.py --sample
setlocal
set "uvw_check=import sys; sys.exit(sys.version_info < (3, 11))"
py -3 -c "%uvw_check%" >nul 2>nul
if not errorlevel 1 (
    py -3 "%~dp0installer\uvw.py" %*
    goto end
)
python -c "%uvw_check%" >nul 2>nul
if not errorlevel 1 (
    python "%~dp0installer\uvw.py" %*
    goto end
)
echo foothold: no Python 3.11 or later was found. Install one from python.org. 1>&2
exit /b 1
:end
exit /b %errorlevel%
