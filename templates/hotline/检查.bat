@echo off
rem Double-click: the sheets are examined and the newest roster is checked. Or drop a roster onto this file.
rem Only ASCII in this file: cmd reads it in the code page of the machine.
chcp 65001 >nul
set PYTHONUTF8=1
set run=python -m cstools
where py >nul 2>nul && set run=py -m cstools
where cstools >nul 2>nul && set run=cstools
%run% --desk "%~dp0." doctor
set "roster=%~1"
if not defined roster for /f "delims=" %%f in ('dir /b /s /o-d "%~dp0*_20*.xlsx" 2^>nul') do if not defined roster set "roster=%%f"
if defined roster %run% --desk "%~dp0." roster check "%roster%"
echo.
pause
